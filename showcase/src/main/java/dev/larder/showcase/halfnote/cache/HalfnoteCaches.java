package dev.larder.showcase.halfnote.cache;

import dev.larder.Larder;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.spring.annotation.LarderAnnotations;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Halfnote's caches over the source that is the bean {@code optimisedReads}. */
@Configuration(proxyBeanMethods = false)
@Import(LarderAnnotations.class)
public class HalfnoteCaches {

  @Bean
  FollowingCache followingCache(@Qualifier("optimisedReads") Reads source) {
    return new FollowingCache(source);
  }

  @Bean
  ListCache listCache(@Qualifier("optimisedReads") Reads source) {
    return new ListCache(source);
  }

  @Bean
  SearchCache searchCache(@Qualifier("optimisedReads") Reads source) {
    return new SearchCache(source);
  }

  @Bean
  CachedReads cachedReads(
      Larder larder,
      @Qualifier("optimisedReads") Reads source,
      ListCache lists,
      FollowingCache following,
      SearchCache searches) {
    return new CachedReads(larder, source, lists, following, searches);
  }
}
