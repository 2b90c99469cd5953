package dev.larder.web.spring;

import dev.larder.Larder;
import dev.larder.LookupListener;
import dev.larder.web.request.RequestFiguresFilter;
import dev.larder.web.request.RequestLookups;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What each request does with caches, in a log line, in figures per endpoint, and in {@code
 * Server-Timing} where that is wanted. Off by default, since a hit in L1 then costs a little more.
 */
@AutoConfiguration(afterName = "dev.larder.spring.boot.LarderAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(Larder.class)
@Conditional(LarderRequestAutoConfiguration.Wanted.class)
@EnableConfigurationProperties(LarderWebProperties.class)
public class LarderRequestAutoConfiguration {

  /** Before whatever may ask a cache; behind what sets the encoding. */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 5;

  /** The starter gives it to the larder. */
  @Bean
  LookupListener larderRequestLookups() {
    return new RequestLookups();
  }

  @Bean
  FilterRegistrationBean<RequestFiguresFilter> larderRequestFiguresFilter(
      LarderWebProperties properties) {
    FilterRegistrationBean<RequestFiguresFilter> registration =
        new FilterRegistrationBean<>(new RequestFiguresFilter(
            LarderRequestAutoConfiguration::matched, properties.serverTiming()));
    registration.addUrlPatterns("/*");
    registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
    registration.setOrder(ORDER);
    return registration;
  }

  /** Null for what no handler was called for, as for a response out of the cache. */
  private static @Nullable String matched(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? null : pattern.toString();
  }

  @Bean
  SmartInitializingSingleton larderRequestTotals(
      Larder larder, FilterRegistrationBean<RequestFiguresFilter> larderRequestFiguresFilter) {
    return () -> {
      RequestFiguresFilter filter = larderRequestFiguresFilter.getFilter();
      if (filter != null) {
        larder.figures().addRequests(filter::stats);
      }
    };
  }

  /** The header needs the figures. */
  static final class Wanted extends AnyNestedCondition {

    Wanted() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBooleanProperty("larder.web.request-figures")
    static final class Figures {}

    @ConditionalOnBooleanProperty("larder.web.server-timing")
    static final class Header {}
  }
}
