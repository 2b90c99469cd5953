package dev.larder.showcase.halfnote.web;

import dev.larder.Larder;
import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Viewer;
import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the caches of this process have done, and filling them for a user beforehand. */
@RestController
@RequestMapping("/api")
final class CacheApi {
  private final Larder larder;
  private final CachedReads cached;

  CacheApi(Larder larder, CachedReads cached) {
    this.larder = larder;
    this.cached = cached;
  }

  /**
   * What all caches have done together, and each.
   *
   * @param requests lookups
   * @param hitRate share that a tier answered, 0 to 1
   */
  record Answer(
      long requests,
      double hitRate,
      List<CacheStats> caches,
      List<TierStats> tiers,
      int waitingInvalidations) {}

  @GetMapping("/stats")
  Answer stats() {
    List<CacheStats> caches = larder.stats();
    long requests = caches.stream().mapToLong(CacheStats::requests).sum();
    long hits = caches.stream().mapToLong(CacheStats::hits).sum();
    return new Answer(
        requests,
        requests == 0 ? 0 : (double) hits / requests,
        caches,
        larder.tiers(),
        larder.waitingInvalidations());
  }

  @PostMapping("/users/{user}/warm")
  Map<String, Object> warm(@PathVariable String user, Viewer viewer, Reads reads) {
    long id = Users.id(reads, user);
    viewer.mustBe(id);
    cached.warm(id);
    return Map.of("warmed", id);
  }
}
