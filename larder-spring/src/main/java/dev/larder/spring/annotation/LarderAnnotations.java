package dev.larder.spring.annotation;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Turns the annotations on in an application that has a {@link Larder}. The starter imports this; without
 * it, {@code @Import(LarderAnnotations.class)} does.
 *
 * <p>They stand outside of {@code @Transactional}: a hit needs no transaction, and what {@link Writes}
 * stores comes after the method's own commit. What {@link Invalidates} ends is part of the method's own
 * transaction, and of its outbox, where transactions are units of work of the larder.
 */
@Configuration(proxyBeanMethods = false)
@Import(LarderAnnotations.Proxies.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class LarderAnnotations {

  private static final boolean HAS_SECURITY = ClassUtils.isPresent(
      "org.springframework.security.core.context.SecurityContextHolder",
      LarderAnnotations.class.getClassLoader());

  /** The caches of the annotated methods. */
  @Bean
  public AnnotatedCaches annotatedCaches(
      Larder larder,
      ObjectProvider<CachePolicies> policies,
      ObjectProvider<CallerIdentity> identity,
      ConfigurableListableBeanFactory beans) {
    CallerIdentity found = foundIdentity();
    return new AnnotatedCaches(
        larder,
        policies.getIfAvailable(CachePolicies::none),
        identity.getIfAvailable(() -> found == null ? new NobodyKnown() : found),
        beans);
  }

  /**
   * Who is asking where no bean says it: Spring Security's user. Its context is watched from here on, so
   * that what a load reads of it is not stored for all.
   *
   * @return null without Spring Security
   */
  public static @Nullable CallerIdentity foundIdentity() {
    if (!HAS_SECURITY) {
      return null;
    }
    IdentityGuard.install();
    return new SecurityIdentity();
  }

  /** What intercepts them. */
  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor larderAdvisor(ObjectProvider<AnnotatedCaches> caches) {
    DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
        new StaticMethodMatcherPointcut() {
          @Override
          public boolean matches(Method method, Class<?> type) {
            Method theirs =
                Proxy.isProxyClass(type) ? method : AopUtils.getMostSpecificMethod(method, type);
            return AnnotatedMethod.isAnnotated(theirs, type);
          }
        },
        new LarderInterceptor(caches));
    advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 100);
    return advisor;
  }

  /** What makes invalidations part of the transactions of their methods. */
  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static InsideTransaction larderInsideTransaction() {
    return new InsideTransaction();
  }

  /** Registers what makes proxies, of classes, as Spring Boot does. */
  static final class Proxies implements ImportBeanDefinitionRegistrar {

    @Override
    public void registerBeanDefinitions(
        AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
      AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
      AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
    }
  }
}
