package dev.larder.spring.cache;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cache.annotation.ProxyCachingConfiguration;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.cache.interceptor.CacheOperationSource;

/**
 * Spring's own configuration behind {@code @EnableCaching}, but for the interceptor, which is {@link
 * LarderCacheInterceptor}.
 */
final class LarderCachingConfiguration extends ProxyCachingConfiguration {

  private static final String NAME = "dev.larder.spring.cache.cachingConfiguration";
  private static final String INTERCEPTOR = "cacheInterceptor";

  LarderCachingConfiguration() {}

  @Override
  public CacheInterceptor cacheInterceptor(CacheOperationSource cacheOperationSource) {
    CacheInterceptor interceptor = new LarderCacheInterceptor();
    interceptor.configure(
        this.errorHandler, this.keyGenerator, this.cacheResolver, this.cacheManager);
    interceptor.setCacheOperationSource(cacheOperationSource);
    return interceptor;
  }

  /**
   * Lets {@code @EnableCaching} take its interceptor from here. Does nothing where it is absent, is in
   * AspectJ mode, or the application has an interceptor of its own.
   */
  static final class Switch implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
      if (!(beans instanceof BeanDefinitionRegistry registry)
          || !registry.containsBeanDefinition(INTERCEPTOR)) {
        return;
      }
      BeanDefinition interceptor = registry.getBeanDefinition(INTERCEPTOR);
      if (interceptor instanceof AbstractBeanDefinition
          && ProxyCachingConfiguration.class.getName().equals(interceptor.getFactoryBeanName())) {
        RootBeanDefinition configuration = new RootBeanDefinition(
            LarderCachingConfiguration.class, LarderCachingConfiguration::new);
        configuration.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
        registry.registerBeanDefinition(NAME, configuration);
        interceptor.setFactoryBeanName(NAME);
      }
    }
  }
}
