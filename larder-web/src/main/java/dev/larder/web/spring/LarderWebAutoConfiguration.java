package dev.larder.web.spring;

import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.TimeSource;
import dev.larder.web.FillGuard;
import dev.larder.web.RequestKey;
import dev.larder.web.ResponseCacheFilter;
import dev.larder.web.StoredResponse;
import dev.larder.web.VisitorResolver;
import dev.larder.web.WebCacheOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Caches responses of annotated handlers in a servlet application that has a larder.
 *
 * <p>The filter is mapped to the dispatcher servlet by name. Filters mapped to paths come first then,
 * whatever their order, so nothing that guards a handler can come to stand behind the cache.
 */
@AutoConfiguration(afterName = "dev.larder.spring.boot.LarderAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(Larder.class)
@ConditionalOnBooleanProperty(name = "larder.web.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LarderWebProperties.class)
public class LarderWebAutoConfiguration {

  @Bean
  HandlerRoutes larderHandlerRoutes() {
    return new HandlerRoutes();
  }

  @Bean
  HandlerRules larderHandlerRules(
      ApplicationContext context,
      ObjectProvider<Larder> larder,
      ObjectProvider<Cache<RequestKey, StoredResponse>> caches,
      LarderWebProperties properties,
      HandlerRoutes routes) {
    return new HandlerRules(context, larder, caches, properties, routes);
  }

  @Bean
  SpringGuard larderSpringGuard() {
    return new SpringGuard();
  }

  @Bean
  WebMvcConfigurer larderWebMvcConfigurer(SpringGuard guard) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard).order(Ordered.HIGHEST_PRECEDENCE);
      }
    };
  }

  @Bean
  @ConditionalOnMissingBean
  WebCacheOptions larderWebCacheOptions(
      LarderWebProperties properties,
      ObjectProvider<FillGuard> guards,
      ObjectProvider<VisitorResolver> visitors,
      ObjectProvider<TimeSource> time) {
    return WebCacheOptions.builder()
        .name(properties.name())
        .sendsStatus(properties.cacheStatus())
        .tagHeader(properties.tagHeader())
        .maxBodyBytes((int) Math.min(Integer.MAX_VALUE, properties.maxBody().toBytes()))
        .clientRefreshesPerSecond(properties.clientRefreshesPerSecond())
        .targetedControl(properties.targetedControl())
        .writesInvalidate(properties.writesInvalidate())
        .passFor(properties.passFor())
        .guards(guards.orderedStream().toList())
        .time(time.getIfUnique(() -> TimeSource.SYSTEM))
        .visitors(visitors.getIfAvailable(() -> VisitorResolver.SERVLET))
        .build();
  }

  @Bean
  FilterRegistrationBean<ResponseCacheFilter> larderResponseCacheFilter(
      HandlerRoutes routes, WebCacheOptions options, LarderWebProperties properties) {
    FilterRegistrationBean<ResponseCacheFilter> registration =
        new FilterRegistrationBean<>(new ResponseCacheFilter(routes, options));
    registration.addServletNames(properties.servletName());
    registration.setOrder(Ordered.LOWEST_PRECEDENCE);
    registration.setMatchAfter(true);
    return registration;
  }

  /** Operators see what is done for each route. */
  @Bean
  SmartInitializingSingleton larderRouteCounts(
      Larder larder, FilterRegistrationBean<ResponseCacheFilter> larderResponseCacheFilter) {
    return () -> {
      ResponseCacheFilter filter = larderResponseCacheFilter.getFilter();
      if (filter != null) {
        larder.figures().addRoutes(filter::stats);
      }
    };
  }

  /** Where Thymeleaf is on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.thymeleaf.web.servlet.JakartaServletWebApplication")
  static class WithThymeleaf {

    @Bean
    FillGuard larderThymeleafGuard() {
      return new ThymeleafGuard();
    }
  }

  /** Where Spring Security is on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.security.web.csrf.CsrfToken")
  static class WithSecurity {

    @Bean
    FillGuard larderSecurityGuard() {
      return new SecurityGuard();
    }

    @Bean
    @ConditionalOnMissingBean
    VisitorResolver larderVisitorResolver() {
      return new SecurityVisitors();
    }
  }
}
