package dev.larder.showcase.algoitny.pages;

import dev.larder.Larder;
import dev.larder.manage.WarmUp;
import dev.larder.showcase.algoitny.cache.CompressionFigures;
import dev.larder.showcase.algoitny.cache.Invalidations;
import dev.larder.showcase.algoitny.cache.TtlTrial;
import dev.larder.showcase.algoitny.cache.Warming;
import dev.larder.showcase.algoitny.web.EndpointTraffic;
import dev.larder.showcase.algoitny.web.Users;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the caches do, ending and filling them, the trial, what compression saves. */
@Controller
@RequestMapping("/admin")
final class AdminPages {
  private final Frame frame;
  private final Users users;
  private final Larder larder;
  private final EndpointTraffic traffic;
  private final Invalidations invalidations;
  private final Warming warming;
  private final TtlTrial trial;
  private final CompressionFigures compression;

  AdminPages(
      Frame frame,
      Users users,
      Larder larder,
      EndpointTraffic traffic,
      Invalidations invalidations,
      Warming warming,
      TtlTrial trial,
      CompressionFigures compression) {
    this.frame = frame;
    this.users = users;
    this.larder = larder;
    this.traffic = traffic;
    this.invalidations = invalidations;
    this.warming = warming;
    this.trial = trial;
    this.compression = compression;
  }

  /** A plan of warming and its last run on any node. */
  record PlanLine(String name, WarmUp.State state, @Nullable Instant ended, long done) {
    static PlanLine of(WarmUp plan) {
      Instant ended = plan.endedMillis() == 0 ? null : Instant.ofEpochMilli(plan.endedMillis());
      return new PlanLine(plan.name(), plan.state(), ended, plan.done());
    }
  }

  /** A cache with its time. */
  record CacheLine(CacheStats stats, Duration ttl) {}

  @GetMapping
  String admin(@RequestParam(defaultValue = "") String done, Viewer viewer, Model model) {
    users.mustBeAdmin(viewer);
    frame.fill(model, "Administration", viewer);
    List<CacheLine> caches = larder.stats().stream()
        .map(it ->
            new CacheLine(it, larder.find(it.cache()).orElseThrow().policy().ttl()))
        .toList();
    long requests = caches.stream().mapToLong(it -> it.stats().requests()).sum();
    long hits = caches.stream().mapToLong(it -> it.stats().hits()).sum();
    model.addAttribute("done", done);
    model.addAttribute("caches", caches);
    model.addAttribute("requests", requests);
    model.addAttribute("hitRate", requests == 0 ? 0 : 100.0 * hits / requests);
    model.addAttribute(
        "keys", caches.stream().mapToLong(it -> it.stats().l1Size()).sum());
    model.addAttribute("tiers", larder.tiers());
    model.addAttribute("endpoints", traffic.lines());
    model.addAttribute("plans", warming.plans().stream().map(PlanLine::of).toList());
    model.addAttribute("trial", trial.last().orElse(null));
    model.addAttribute("isTrial", trial.isRunning());
    model.addAttribute("patterns", Invalidations.PATTERNS);
    return "algoitny/admin";
  }

  @PostMapping("/clear")
  String clear(Viewer viewer) {
    users.mustBeAdmin(viewer);
    larder.clear();
    return "redirect:/admin?done=cleared";
  }

  @PostMapping("/invalidate/problem")
  String problem(
      @RequestParam int problem,
      @RequestParam(defaultValue = "false") boolean later,
      Viewer viewer) {
    users.mustBeAdmin(viewer);
    return end(invalidations.problem(problem), later);
  }

  @PostMapping("/invalidate/user")
  String user(
      @RequestParam int user, @RequestParam(defaultValue = "false") boolean later, Viewer viewer) {
    users.mustBeAdmin(viewer);
    return end(invalidations.user(user), later);
  }

  @PostMapping("/invalidate/pattern")
  String pattern(
      @RequestParam String pattern,
      @RequestParam(defaultValue = "false") boolean later,
      Viewer viewer) {
    users.mustBeAdmin(viewer);
    return end(
        invalidations
            .pattern(pattern.strip())
            .orElseThrow(() -> Refused.invalid("pattern", pattern, Invalidations.PATTERNS)),
        later);
  }

  private String end(Invalidations.Prepared prepared, boolean later) {
    if (later) {
      return "redirect:/admin/invalidations/" + invalidations.later(prepared).id();
    }
    invalidations.now(prepared);
    return "redirect:/admin?done=ended";
  }

  @GetMapping("/invalidations/{id}")
  String invalidation(@PathVariable String id, Viewer viewer, Model model) {
    users.mustBeAdmin(viewer);
    frame.fill(model, "Invalidation", viewer);
    model.addAttribute(
        "invalidation",
        invalidations.find(id).orElseThrow(() -> Refused.notFound("invalidation", id)));
    return "algoitny/invalidation";
  }

  @PostMapping("/warm")
  String warm(@RequestParam String plan, Viewer viewer) {
    users.mustBeAdmin(viewer);
    warming.byHand(plan, List.of());
    return "redirect:/admin?done=warmed";
  }

  @PostMapping("/trial")
  String startTrial(@RequestParam int ttl, Viewer viewer) {
    users.mustBeAdmin(viewer);
    trial.start(ttl, "user " + Users.id(viewer));
    return "redirect:/admin?done=trial";
  }

  @PostMapping("/trial/stop")
  String stopTrial(Viewer viewer) {
    users.mustBeAdmin(viewer);
    trial.stop("user " + Users.id(viewer));
    return "redirect:/admin?done=stopped";
  }

  @GetMapping("/compression")
  String compression(@RequestParam(defaultValue = "1") int problem, Viewer viewer, Model model) {
    users.mustBeAdmin(viewer);
    frame.fill(model, "Compression", viewer);
    model.addAttribute("problem", problem);
    model.addAttribute("lines", compression.measure(problem, Users.id(viewer)));
    return "algoitny/compression";
  }
}
