package dev.larder.showcase.halfnote.cache;

import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.spring.annotation.Cached;

/**
 * Search results, for 5 minutes, by normalised words. A new display name can make anybody match
 * anything, so it ends all of them; that is rare, and one tag.
 */
class SearchCache {
  private final Reads source;

  SearchCache(Reads source) {
    this.source = source;
  }

  @Cached(
      cache = "search",
      key = "#words.toString()",
      ttl = "5m",
      tags = {"names", "#{#result.people().!['person:' + id()]}"})
  public SearchResult search(SearchWords words) {
    return source.search(words);
  }
}
