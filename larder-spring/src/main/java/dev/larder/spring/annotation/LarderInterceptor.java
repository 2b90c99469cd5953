package dev.larder.spring.annotation;

import java.lang.reflect.Method;
import java.util.Objects;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;

/** Runs the calls of annotated methods. Safe for many threads. */
final class LarderInterceptor implements MethodInterceptor {

  private final ObjectProvider<AnnotatedCaches> caches;

  /**
   * @param caches asked at each call, since the beans that are intercepted may be made before them
   */
  LarderInterceptor(ObjectProvider<AnnotatedCaches> caches) {
    this.caches = caches;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    Class<?> type = AopUtils.getTargetClass(Objects.requireNonNull(invocation.getThis()));
    Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
    MethodPlan plan = caches.getObject().plan(method, type);
    if (plan == null) {
      plan = caches.getObject().plan(invocation.getMethod(), type);
    }
    return plan == null ? invocation.proceed() : plan.answer(new Call(invocation, method));
  }
}
