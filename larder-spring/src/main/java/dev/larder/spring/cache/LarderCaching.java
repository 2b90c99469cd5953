package dev.larder.spring.cache;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * What puts Spring's annotations on Larder, for configurations made by hand; the starter calls it by
 * itself. With {@code @EnableCaching} on the configuration:
 *
 * <pre>{@code
 * @Bean static BeanFactoryPostProcessor larderCaching() { return LarderCaching.interceptor(); }
 *
 * @Bean CacheManager cacheManager(Larder larder, ConfigurableListableBeanFactory beans) {
 *   return LarderCaching.cacheManager(larder, CachePolicies.none(), beans);
 * }
 * }</pre>
 */
public final class LarderCaching {

  private LarderCaching() {}

  /** Lets {@code @EnableCaching} use {@link LarderCacheInterceptor}. */
  public static BeanFactoryPostProcessor interceptor() {
    return new LarderCachingConfiguration.Switch();
  }

  /** A cache manager that learns the types of values from the annotated methods of all beans. */
  public static LarderCacheManager cacheManager(
      Larder larder, CachePolicies policies, ConfigurableListableBeanFactory beans) {
    ObjectProvider<CacheOperationSource> source = beans.getBeanProvider(CacheOperationSource.class);
    return new LarderCacheManager(
        larder,
        policies,
        SingletonSupplier.of(() -> ValueTypes.scan(
            beans, source.getIfAvailable(() -> new AnnotationCacheOperationSource(false)))),
        beans.getBeanClassLoader());
  }
}
