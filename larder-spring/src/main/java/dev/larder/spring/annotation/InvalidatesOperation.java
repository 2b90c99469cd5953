package dev.larder.spring.annotation;

import dev.larder.InvalidationBatch;
import dev.larder.spring.internal.Templates;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.expression.Expression;

/**
 * One {@link Invalidates}.
 *
 * @param target the cache it speaks of, or null if it has tags only
 */
record InvalidatesOperation(
    @Nullable CacheTarget target,
    List<Expression> tags,
    @Nullable Expression key,
    @Nullable Expression prefix,
    boolean all,
    @Nullable Expression condition) {

  /** Adds what it invalidates; whether there is anything. */
  boolean addTo(InvalidationBatch batch, MethodBasedEvaluationContext context) {
    if (condition != null && !Boolean.TRUE.equals(condition.getValue(context, Boolean.class))) {
      return false;
    }
    batch.tags(Templates.texts(tags, context));
    if (target != null && key != null) {
      batch.key(target.cache(), target.key(key.getValue(context)));
    }
    if (target != null && prefix != null) {
      batch.prefix(target.cache(), target.prefix(prefix.getValue(context)));
    }
    if (target != null && all) {
      batch.cache(target.cache());
    }
    return true;
  }
}
