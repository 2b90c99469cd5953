package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.showcase.trace.RequestTrace;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Search results, for 5 minutes, by normalised words. A new display name can make anybody match
 * anything, so it ends all of them; that is rare, and one tag.
 */
final class SearchCache {
  private static final Duration TTL = Duration.ofMinutes(5);

  private final Cache<String, SearchResult> results;
  private final Reads source;

  SearchCache(Larder larder, Reads source) {
    this.source = source;
    results = larder.cache(
        "search",
        CachePolicy.of(String.class, SearchResult.class)
            .ttl(TTL)
            .keyTags(words -> Set.of(Tags.names()))
            .tags((words, result) -> Tags.people(result.people()))
            .build());
  }

  SearchResult search(SearchWords words) {
    return Objects.requireNonNull(RequestTrace.reading(
        results.name(), () -> results.get(words.toString(), key -> source.search(words))));
  }
}
