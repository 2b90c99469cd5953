package dev.larder.showcase.web;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What stands before the handlers of every system, and what they may take as a parameter. */
@Configuration(proxyBeanMethods = false)
@Import({
  ConsoleConfiguration.class,
  Problems.class,
  PageProblems.class,
  UnknownAddresses.class,
  PrivateBodies.class
})
public class WebConfiguration {

  /** Property {@code {system}.secret}: key of the signature; by default a new one at each start. */
  @Bean
  LoginCookie loginCookie(Environment environment) {
    String system = environment.getRequiredProperty("showcase.system");
    return new LoginCookie(system, environment.getProperty(system + ".secret"));
  }

  @Bean
  FilterRegistrationBean<SameOriginFilter> sameOriginFilter() {
    FilterRegistrationBean<SameOriginFilter> filter =
        new FilterRegistrationBean<>(new SameOriginFilter());
    filter.addUrlPatterns("/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return filter;
  }

  @Bean
  WebMvcConfigurer viewerAndHeaders(LoginCookie cookie, Environment environment) {
    String system = environment.getRequiredProperty("showcase.system");
    String header =
        "X-" + system.substring(0, 1).toUpperCase(Locale.ROOT) + system.substring(1) + "-User";
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ViewerResolver(header, cookie));
      }

      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new SafeHeaders());
      }
    };
  }
}
