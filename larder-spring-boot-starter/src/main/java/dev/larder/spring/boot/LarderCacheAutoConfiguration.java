package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.cache.LarderCacheManager;
import dev.larder.spring.cache.LarderCaching;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;

/** Spring's own cache annotations on Larder. Steps back for a {@link CacheManager} of the application. */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBean(Larder.class)
@ConditionalOnMissingBean(CacheManager.class)
@ConditionalOnProperty(name = "larder.spring-cache.enabled", matchIfMissing = true)
public class LarderCacheAutoConfiguration {

  /** For Spring. */
  public LarderCacheAutoConfiguration() {}

  /** Lets annotated methods run as loads. */
  @Bean
  static BeanFactoryPostProcessor larderCaching() {
    return LarderCaching.interceptor();
  }

  /** The cache manager. */
  @Bean
  LarderCacheManager cacheManager(
      Larder larder, CachePolicies policies, ConfigurableListableBeanFactory beans) {
    return LarderCaching.cacheManager(larder, policies, beans);
  }
}
