package dev.larder.showcase.trace;

import dev.larder.spring.boot.LarderBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Keeps the account of every request of a system, and shows it. */
@Configuration(proxyBeanMethods = false)
public class TraceConfiguration implements WebMvcConfigurer {
  @Bean
  FilterRegistrationBean<TraceFilter> traceFilter() {
    FilterRegistrationBean<TraceFilter> filter = new FilterRegistrationBean<>(new TraceFilter());
    filter.addUrlPatterns("/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  /** For systems whose larder is Spring Boot's. */
  @Bean
  LarderBuilderCustomizer traceLookups() {
    return builder -> builder.listener(new TraceLookups());
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(new CostOfPage());
  }
}
