package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One process of an application that uses Spring's annotations on Larder. */
final class AnnotatedApplication implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  AnnotatedApplication(Layout layout, String keyPrefix) {
    this(layout, () -> Servers.larder(layout, keyPrefix));
  }

  AnnotatedApplication(Layout layout, Supplier<Larder> larder) {
    context.registerBean(Larder.class, larder::get);
    context.registerBean(
        CachePolicies.class,
        () -> Servers.policies(layout, Map.of("texts", "java.lang.String"), "copies", "lists"));
    context.register(Caching.class);
    context.refresh();
  }

  AnnotatedService service() {
    return context.getBean(AnnotatedService.class);
  }

  AnnotatedService target() {
    return target(service());
  }

  static AnnotatedService target(AnnotatedService service) {
    return (AnnotatedService) AopProxyUtils.getSingletonTarget(service);
  }

  void catchUp() {
    assertThat(context.getBean(Larder.class).catchUp().toCompletableFuture().join())
        .isTrue();
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {

    @Bean
    static BeanFactoryPostProcessor larderCaching() {
      return LarderCaching.interceptor();
    }

    @Bean
    CacheManager cacheManager(
        Larder larder, CachePolicies policies, ConfigurableListableBeanFactory beans) {
      return LarderCaching.cacheManager(larder, policies, beans);
    }

    @Bean
    KeyGenerator firstArgument() {
      return (target, method, arguments) -> arguments[0];
    }

    @Bean
    AnnotatedService service() {
      return new AnnotatedService();
    }
  }
}
