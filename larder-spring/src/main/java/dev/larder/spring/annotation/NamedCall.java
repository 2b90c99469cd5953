package dev.larder.spring.annotation;

import dev.larder.Acknowledgement;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.util.ClassUtils;

/**
 * One call of a cached method that somebody names to end its entry, not to have it answered.
 *
 * @param operation what would answer it
 * @param context what its key's expression sees
 * @param arguments of the call
 */
record NamedCall(
    CachedOperation operation,
    MethodBasedEvaluationContext context,
    @Nullable Object[] arguments) {

  /** The calls that this thread names, while it names them. */
  private static final ThreadLocal<@Nullable List<NamedCall>> NAMED = new ThreadLocal<>();

  Acknowledgement invalidate() {
    return operation.invalidate(context, arguments);
  }

  // ---- named by making it

  static NamedCall by(Callable<?> call) {
    List<NamedCall> outer = NAMED.get();
    List<NamedCall> named = new ArrayList<>(1);
    NAMED.set(named);
    try {
      call.call();
    } catch (Exception failure) {
      throw named.isEmpty()
          ? nothingNamed(failure)
          : new IllegalArgumentException(
              "the call of a cached method has no result here: make the call and nothing else",
              failure);
    } finally {
      if (outer == null) {
        NAMED.remove();
      } else {
        NAMED.set(outer);
      }
    }
    if (named.size() > 1) {
      throw new IllegalArgumentException(
          named.size() + " cached methods were called: name each by itself");
    }
    if (named.isEmpty()) {
      throw nothingNamed(null);
    }
    return named.get(0);
  }

  private static IllegalArgumentException nothingNamed(@Nullable Exception failure) {
    return new IllegalArgumentException(
        "no method with @Cached was called: it has no such annotation, or was called on an object"
            + " that is no bean of the application",
        failure);
  }

  /** Whether this call is made to name it; then it is noted and must not be answered. */
  static boolean isNamed(CachedOperation operation, Call call) {
    List<NamedCall> named = NAMED.get();
    return named != null
        && named.add(new NamedCall(operation, call.context(), call.arguments().clone()));
  }

  /** What a call that is not answered returns. */
  static @Nullable Object nothing(Class<?> type) {
    return type.isPrimitive()
        ? Array.get(Array.newInstance(type, 1), 0)
        : type == Optional.class ? Optional.empty() : null;
  }

  // ---- named by its method

  static NamedCall of(
      Collection<MethodPlan> plans, Class<?> type, String name, @Nullable Object[] arguments) {
    List<MethodPlan> cached = plans.stream()
        .filter(plan -> plan.main() instanceof CachedOperation
            && type.isAssignableFrom(plan.annotated().type()))
        .toList();
    List<MethodPlan> named =
        cached.stream().filter(plan -> method(plan).getName().equals(name)).toList();
    List<MethodPlan> found =
        named.stream().filter(plan -> takes(method(plan), arguments)).toList();
    if (found.size() == 1 && found.get(0).main() instanceof CachedOperation operation) {
      return new NamedCall(
          operation, Expressions.context(null, method(found.get(0)), arguments), arguments.clone());
    }
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          type.getName() + " has no method " + name + " with @Cached; there are " + names(cached));
    }
    String given = Arrays.stream(arguments)
        .map(each -> each == null ? "null" : each.getClass().getTypeName())
        .collect(Collectors.joining(", ", "(", ")"));
    throw new IllegalArgumentException(
        found.isEmpty()
            ? type.getName() + "." + name + given + ": no method with @Cached takes these"
                + " arguments; there are " + names(named)
            : type.getName() + "." + name + given + " is one of " + names(found)
                + ": make the call itself, as in invalidate(() -> bean." + name + "(...))");
  }

  private static Method method(MethodPlan plan) {
    return plan.annotated().method();
  }

  private static boolean takes(Method method, @Nullable Object[] arguments) {
    Class<?>[] types = method.getParameterTypes();
    boolean isTaken = types.length == arguments.length;
    for (int i = 0; isTaken && i < types.length; i++) {
      isTaken = ClassUtils.isAssignableValue(types[i], arguments[i]);
    }
    return isTaken;
  }

  private static String names(List<MethodPlan> plans) {
    return plans.stream()
        .map(plan -> method(plan).getName()
            + Arrays.stream(method(plan).getParameterTypes())
                .map(Class::getTypeName)
                .collect(Collectors.joining(", ", "(", ")")))
        .sorted()
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
