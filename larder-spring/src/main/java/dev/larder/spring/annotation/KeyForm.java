package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;

/**
 * How a call's key is made.
 *
 * @param expression what gives the parts; null for the method's name and arguments
 * @param methodId the name of the method
 * @param scope whom the key has to name
 * @param identity who is asking
 */
record KeyForm(
    @Nullable Expression expression, String methodId, CacheScope scope, CallerIdentity identity) {

  List<@Nullable Object> of(@Nullable Object[] arguments, EvaluationContext context) {
    List<@Nullable Object> parts = expression == null
        ? MethodKeys.of(methodId, arguments)
        : MethodKeys.of(expression.getValue(context));
    return scoped(parts);
  }

  /** The parts with whom the entry is for before them, where its scope is not everybody. */
  List<@Nullable Object> scoped(List<@Nullable Object> parts) {
    switch (scope) {
      case TENANT -> parts.add(0, identity.tenant());
      case USER -> parts.add(0, identity.user());
      case PUBLIC -> {}
    }
    return parts;
  }
}
