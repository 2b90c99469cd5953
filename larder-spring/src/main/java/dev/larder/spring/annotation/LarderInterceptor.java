package dev.larder.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
    Object target = Objects.requireNonNull(invocation.getThis());
    Class<?> type = AopUtils.getTargetClass(target);
    Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
    MethodPlan plan = caches.getObject().plan(method, type);
    if (plan == null) {
      method = invocation.getMethod();
      plan = ofInterfaces(method, type, target);
    }
    return plan == null ? invocation.proceed() : plan.answer(new Call(invocation, method));
  }

  /** The plan of a method that only interfaces have, as a repository's of Spring Data. */
  private @Nullable MethodPlan ofInterfaces(Method method, Class<?> type, Object target) {
    MethodPlan plan = caches.getObject().plan(method, type);
    if (plan == null && Proxy.isProxyClass(target.getClass())) {
      for (Class<?> each : target.getClass().getInterfaces()) {
        plan = plan == null ? caches.getObject().plan(method, each) : plan;
      }
    }
    return plan;
  }
}
