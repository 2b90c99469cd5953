package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.HalfnoteSettings;
import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.source.NaiveReads;
import dev.larder.showcase.halfnote.source.OptimisedReads;
import dev.larder.showcase.halfnote.source.Reads;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What handlers are given. */
@Configuration(proxyBeanMethods = false)
class ReadsConfiguration {
  @Bean
  WebMvcConfigurer halfnoteArguments(
      NaiveReads naive, OptimisedReads optimised, CachedReads cached, HalfnoteSettings settings) {
    Map<Mode, Reads> reads =
        Map.of(Mode.NAIVE, naive, Mode.OPTIMISED, optimised, Mode.LARDER, cached);
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ReadsOfRequest(reads, settings.defaultMode()));
      }
    };
  }
}
