package dev.larder.web.spring;

import dev.larder.Larder;
import dev.larder.web.live.LiveGuard;
import dev.larder.web.live.LiveOptions;
import dev.larder.web.live.LiveServlet;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.servlet.DispatcherServlet;

/** Streams of invalidations to browsers, where the application says who may hear of what. */
@AutoConfiguration(afterName = "dev.larder.spring.boot.LarderAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean({Larder.class, LiveGuard.class})
@EnableConfigurationProperties(LarderLiveProperties.class)
public class LarderLiveAutoConfiguration {

  @Bean
  ServletRegistrationBean<LiveServlet> larderLiveServlet(
      Larder larder, LiveGuard guard, LarderLiveProperties properties) {
    LiveOptions options = new LiveOptions(
        properties.maxStreams(),
        properties.maxTags(),
        properties.retained(),
        properties.heartbeat());
    ServletRegistrationBean<LiveServlet> registration =
        new ServletRegistrationBean<>(new LiveServlet(larder, guard, options), properties.path());
    registration.setName("larderLive");
    registration.setAsyncSupported(true);
    return registration;
  }

  /** Streams never end by themselves: a server that shuts down gracefully would wait for them. */
  @Bean
  ApplicationListener<ContextClosedEvent> larderLiveEnd(
      ServletRegistrationBean<LiveServlet> larderLiveServlet) {
    LiveServlet servlet = Objects.requireNonNull(larderLiveServlet.getServlet());
    return closed -> servlet.destroy();
  }
}
