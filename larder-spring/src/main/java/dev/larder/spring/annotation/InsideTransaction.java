package dev.larder.spring.annotation;

import java.io.Serial;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * Intercepts methods with {@link Invalidates} or {@link Writes} once more, next to their target: inside of the transaction
 * that {@code @Transactional} on the method has begun, where an invalidation is part of it and of its
 * outbox.
 *
 * <p>An advisor can't be told to stand there by its order, as that of transactions is the last there is.
 */
final class InsideTransaction extends AbstractAdvisingBeanPostProcessor {

  @Serial
  private static final long serialVersionUID = 1;

  InsideTransaction() {
    MethodInterceptor interceptor = invocation -> {
      PendingInvalidations pending = PendingInvalidations.of(invocation);
      Object given = invocation.proceed();
      if (pending != null) {
        pending.returned(given);
      }
      return given;
    };
    advisor = new DefaultPointcutAdvisor(
        new StaticMethodMatcherPointcut() {
          @Override
          public boolean matches(Method method, Class<?> type) {
            return AnnotatedMethod.changes(method, type);
          }
        },
        interceptor);
  }

  /** Never a proxy of its own: what stands around the transaction has made one, or there is none. */
  @Override
  protected boolean isEligible(Object bean, String name) {
    return false;
  }
}
