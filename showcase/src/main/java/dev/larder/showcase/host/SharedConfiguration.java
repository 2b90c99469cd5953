package dev.larder.showcase.host;

import dev.larder.Larder;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.trace.TraceConfiguration;
import dev.larder.showcase.web.WebConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** What every system has. */
@Configuration(proxyBeanMethods = false)
@Import({DatabaseConfiguration.class, TraceConfiguration.class, WebConfiguration.class})
class SharedConfiguration {
  /** Property {@code showcase.announce}: whether to tell a starting program; default false. */
  @Bean
  Announcer announcer(Environment environment) {
    return new Announcer(
        System.out, environment.getProperty("showcase.announce", Boolean.class, false));
  }

  @Bean
  @ConditionalOnProperty(MeasuredFilter.PROPERTY)
  FilterRegistrationBean<MeasuredFilter> measuredFilter(ObjectProvider<Larder> larder) {
    FilterRegistrationBean<MeasuredFilter> filter =
        new FilterRegistrationBean<>(new MeasuredFilter(larder));
    filter.addUrlPatterns("/measured/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
