package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.HalfnoteSettings;
import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.source.NaiveReads;
import dev.larder.showcase.halfnote.source.OptimisedReads;
import dev.larder.showcase.halfnote.source.Reads;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What handlers are given, and what stands before them. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
  private static final String[] HALFNOTE = {"/halfnote", "/halfnote/*"};

  @Bean
  LoginCookie loginCookie(HalfnoteSettings settings) {
    return new LoginCookie(settings.secret());
  }

  @Bean
  WebMvcConfigurer halfnoteArguments(
      LoginCookie cookie,
      NaiveReads naive,
      OptimisedReads optimised,
      CachedReads cached,
      HalfnoteSettings settings) {
    Map<Mode, Reads> reads =
        Map.of(Mode.NAIVE, naive, Mode.OPTIMISED, optimised, Mode.LARDER, cached);
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ViewerResolver(cookie));
        resolvers.add(new ReadsOfRequest(reads, settings.defaultMode()));
      }
    };
  }

  @Bean
  FilterRegistrationBean<TraceFilter> halfnoteTrace() {
    FilterRegistrationBean<TraceFilter> filter = new FilterRegistrationBean<>(new TraceFilter());
    filter.addUrlPatterns(HALFNOTE);
    filter.setOrder(1);
    return filter;
  }

  @Bean
  FilterRegistrationBean<SameOriginFilter> halfnoteSameOrigin() {
    FilterRegistrationBean<SameOriginFilter> filter =
        new FilterRegistrationBean<>(new SameOriginFilter());
    filter.addUrlPatterns(HALFNOTE);
    filter.setOrder(2);
    return filter;
  }
}
