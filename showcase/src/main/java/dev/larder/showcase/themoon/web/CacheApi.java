package dev.larder.showcase.themoon.web;

import dev.larder.Larder;
import dev.larder.showcase.themoon.cache.Warming;
import dev.larder.showcase.web.Viewer;
import dev.larder.stats.CacheStats;
import dev.larder.strategy.CacheAdmin;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** How the caches do, by namespace, and a warm-up of the viewer's own pages. */
@RestController
@RequestMapping("/api/caches")
final class CacheApi {
  private final Larder larder;
  private final CacheAdmin admin;
  private final Warming warming;

  CacheApi(Larder larder, Warming warming) {
    this.larder = larder;
    this.admin = CacheAdmin.of(larder);
    this.warming = warming;
  }

  /**
   * One namespace.
   *
   * @param ttl its ttl
   * @param hitRate share of lookups answered by a tier, 0 to 1
   * @param loadMicros mean time of a load, microseconds
   * @param entriesInL1 entries in memory
   */
  record Line(
      String namespace,
      int version,
      Duration ttl,
      long hits,
      long misses,
      double hitRate,
      long loads,
      long loadMicros,
      long entriesInL1) {}

  /** All of it. */
  record Report(boolean healthy, double hitRate, long heapBytes, List<Line> namespaces) {}

  @GetMapping
  Report report() {
    CacheAdmin.Stats stats = admin.stats();
    List<Line> lines = stats.namespaces().stream()
        .map(cache -> {
          var policy = larder.find(cache.cache()).orElseThrow().policy();
          return new Line(
              cache.cache(),
              policy.version(),
              policy.ttl(),
              cache.hits(),
              cache.misses(),
              cache.hitRate(),
              cache.loads(),
              cache.meanLoadTime().toNanos() / 1_000,
              cache.l1Size());
        })
        .toList();
    return new Report(admin.health().isHealthy(), stats.hitRate(), stats.heapBytes(), lines);
  }

  /** Ends all entries of a namespace; the pages are loaded anew. */
  @DeleteMapping("/{namespace}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void clear(@PathVariable String namespace, Viewer viewer) {
    viewer.required();
    if (larder.find(namespace).isEmpty()) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND,
          "no namespace '" + namespace + "'; there are "
              + admin.stats().namespaces().stream().map(CacheStats::cache).toList());
    }
    admin.clear(namespace);
  }

  @PostMapping("/warm")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void warm(Viewer viewer) {
    warming.user(viewer.required());
  }
}
