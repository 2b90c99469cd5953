package dev.larder.showcase.algoitny.web;

import dev.larder.Larder;
import dev.larder.manage.Trial;
import dev.larder.manage.WarmUp;
import dev.larder.showcase.algoitny.cache.CompressionFigures;
import dev.larder.showcase.algoitny.cache.Invalidations;
import dev.larder.showcase.algoitny.cache.TtlTrial;
import dev.larder.showcase.algoitny.cache.Warming;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The caches, for the administrator: what they did, what they hold, ending it, filling it. */
@RestController
@RequestMapping("/api/admin")
final class CacheApi {
  private final Users users;
  private final Larder larder;
  private final EndpointTraffic traffic;
  private final Invalidations invalidations;
  private final Warming warming;
  private final TtlTrial trial;
  private final CompressionFigures compression;

  CacheApi(
      Users users,
      Larder larder,
      EndpointTraffic traffic,
      Invalidations invalidations,
      Warming warming,
      TtlTrial trial,
      CompressionFigures compression) {
    this.users = users;
    this.larder = larder;
    this.traffic = traffic;
    this.invalidations = invalidations;
    this.warming = warming;
    this.trial = trial;
    this.compression = compression;
  }

  /**
   * What this process' caches have done.
   *
   * @param hitRate share of lookups that a tier answered, 0 to 1; of AlgoItny alone, since it is
   *     counted here and not by the Redis server
   * @param keys entries in this process' memory
   */
  record Monitor(
      long requests,
      double hitRate,
      long keys,
      List<CacheStats> caches,
      List<EndpointTraffic.Line> endpoints,
      List<TierStats> tiers,
      int waitingInvalidations) {}

  /** What to end: one of the three. */
  record Ending(
      @Nullable Integer problem,
      @Nullable Integer user,
      @Nullable String pattern) {}

  /** What to warm: {@code problems} or {@code stats}. */
  record Warm(@Nullable String plan, @Nullable List<Integer> users) {}

  @GetMapping("/caches")
  Monitor caches(Viewer viewer) {
    users.mustBeAdmin(viewer);
    List<CacheStats> caches = larder.stats();
    long requests = caches.stream().mapToLong(CacheStats::requests).sum();
    long hits = caches.stream().mapToLong(CacheStats::hits).sum();
    return new Monitor(
        requests,
        requests == 0 ? 0 : (double) hits / requests,
        caches.stream().mapToLong(CacheStats::l1Size).sum(),
        caches,
        traffic.lines(),
        larder.tiers(),
        larder.waitingInvalidations());
  }

  /** Ends everything that AlgoItny has cached, and nothing of others on the same servers. */
  @DeleteMapping("/caches")
  Map<String, Object> clear(Viewer viewer) {
    users.mustBeAdmin(viewer);
    String position = larder.clear().position().map(Object::toString).orElse("deferred");
    return Map.of("cleared", larder.cacheNames(), "position", position);
  }

  /**
   * Ends entries: now, or with {@code wait=false} soon; then the answer is 202 and names the address
   * where its end can be seen.
   */
  @PostMapping("/invalidations")
  ResponseEntity<Invalidations.Later> invalidate(
      Viewer viewer,
      @RequestBody Ending ending,
      @RequestParam(defaultValue = "true") boolean wait) {
    users.mustBeAdmin(viewer);
    Invalidations.Prepared prepared = prepared(ending);
    if (wait) {
      return ResponseEntity.ok(invalidations.now(prepared));
    }
    Invalidations.Later later = invalidations.later(prepared);
    URI seen = ServletUriComponentsBuilder.fromCurrentContextPath()
        .path("/api/admin/invalidations/{id}")
        .build(later.id());
    return ResponseEntity.status(HttpStatus.ACCEPTED).location(seen).body(later);
  }

  private Invalidations.Prepared prepared(Ending ending) {
    if (ending.problem() != null && ending.user() == null && ending.pattern() == null) {
      return invalidations.problem(ending.problem());
    }
    if (ending.user() != null && ending.problem() == null && ending.pattern() == null) {
      return invalidations.user(ending.user());
    }
    if (ending.pattern() != null && ending.problem() == null && ending.user() == null) {
      return invalidations
          .pattern(ending.pattern())
          .orElseThrow(() -> Refused.invalid("pattern", ending.pattern(), Invalidations.PATTERNS));
    }
    throw Refused.invalid("body", null, "one of problem, user, pattern");
  }

  @GetMapping("/invalidations/{id}")
  Invalidations.Later invalidation(Viewer viewer, @PathVariable String id) {
    users.mustBeAdmin(viewer);
    return invalidations.find(id).orElseThrow(() -> Refused.notFound("invalidation", id));
  }

  @PostMapping("/warm")
  Map<String, Object> warm(Viewer viewer, @RequestBody Warm warm) {
    users.mustBeAdmin(viewer);
    return Map.of("loaded", warming.byHand(warm.plan(), warm.users()));
  }

  @GetMapping("/warm")
  List<WarmUp> warmed(Viewer viewer) {
    users.mustBeAdmin(viewer);
    return warming.plans();
  }

  @GetMapping("/trial")
  Trial trial(Viewer viewer) {
    users.mustBeAdmin(viewer);
    return trial.last().orElseThrow(() -> Refused.notFound("trial", "of the problem list"));
  }

  /** Begins the comparison of the list's time with another, in seconds, on all nodes. */
  @PostMapping("/trial")
  Trial startTrial(Viewer viewer, @RequestParam int ttl) {
    users.mustBeAdmin(viewer);
    trial.start(ttl, "user " + Users.id(viewer));
    return trial(viewer);
  }

  @DeleteMapping("/trial")
  Trial stopTrial(Viewer viewer) {
    users.mustBeAdmin(viewer);
    trial.stop("user " + Users.id(viewer));
    return trial(viewer);
  }

  @GetMapping("/compression")
  List<CompressionFigures.Line> compression(
      Viewer viewer, @RequestParam(defaultValue = "1") int problem) {
    users.mustBeAdmin(viewer);
    return compression.measure(problem, Users.id(viewer));
  }
}
