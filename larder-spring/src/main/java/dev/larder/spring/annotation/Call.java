package dev.larder.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.context.expression.MethodBasedEvaluationContext;

/**
 * One call of an annotated method.
 *
 * @param invocation the call itself
 * @param method the method that expressions speak of
 */
record Call(MethodInvocation invocation, Method method) {

  /** Runs the method; as often as it is asked to, since a refresh runs it once more. */
  @Nullable Object proceed() throws Exception {
    return proceed(null);
  }

  /** Runs the method with other arguments; null keeps them. */
  @Nullable Object proceed(@Nullable Object @Nullable [] arguments) throws Exception {
    MethodInvocation next = invocation;
    if (invocation instanceof ProxyMethodInvocation proxied) {
      next = arguments == null ? proxied.invocableClone() : proxied.invocableClone(arguments);
    }
    try {
      return next.proceed();
    } catch (Exception | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new UndeclaredThrowableException(failure);
    }
  }

  @Nullable Object[] arguments() {
    return invocation.getArguments();
  }

  /** What expressions see: the parameters. Of its own for each use, since variables are added. */
  MethodBasedEvaluationContext context() {
    return Expressions.context(invocation.getThis(), method, invocation.getArguments());
  }
}
