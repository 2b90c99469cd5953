package dev.larder.spring.annotation;

import dev.larder.Cache;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.expression.Expression;

/** A call that writes the source, and whose result is a key's new value. */
final class WritesOperation implements Operation {

  private final CacheTarget target;
  private final ReturnForm form;
  private final Expression key;
  private final @Nullable Expression condition;
  private final boolean isKeyKnownLate;

  WritesOperation(
      CacheTarget target, ReturnForm form, Expression key, @Nullable Expression condition) {
    this.target = target;
    this.form = form;
    this.key = key;
    this.condition = condition;
    this.isKeyKnownLate = Expressions.uses(key, Expressions.RESULT);
  }

  /** Ends the key alone. */
  void invalidate(Call call, @Nullable Object given) {
    MethodBasedEvaluationContext context = call.context();
    if (condition != null && !Boolean.TRUE.equals(condition.getValue(context, Boolean.class))) {
      return;
    }
    context.setVariable(Expressions.RESULT, form.taken(given));
    target.cache().invalidate(target.key(key.getValue(context)));
  }

  @Override
  public @Nullable Object answer(Call call) throws Exception {
    MethodBasedEvaluationContext context = call.context();
    if (condition != null && !Boolean.TRUE.equals(condition.getValue(context, Boolean.class))) {
      return call.proceed();
    }
    Cache<Object, Object> cache = target.cache();
    if (isKeyKnownLate) {
      Object given = call.proceed();
      context.setVariable(Expressions.RESULT, form.taken(given));
      cache.invalidate(target.key(key.getValue(context)));
      return given;
    }
    @Nullable Object[] stored = new @Nullable Object[1];
    cache.write(target.key(key.getValue(context)), () -> {
      stored[0] = form.taken(call.proceed());
      return stored[0];
    });
    return form.given(stored[0]);
  }
}
