package dev.larder.showcase.simlane.web;

import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.Switch;
import dev.larder.showcase.simlane.cache.Warming;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.stats.CacheStats;
import dev.larder.stats.RequestStats;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The administrator's view of the caches: figures, clear, warm, and the switches, for one cache or for
 * all (an empty name). Sessions are none of them. Forms carry a token; a program takes it from {@code
 * /api/admin/caches} and sends it as a header.
 */
@Controller
class CachePages {
  private final Larder larder;
  private final Warming warming;

  CachePages(Larder larder, Warming warming) {
    this.larder = larder;
    this.warming = warming;
  }

  /**
   * One cache.
   *
   * @param layer what it is for: view, fragment, query or api
   * @param hitRate in percent
   * @param ttl how long an entry is fresh, in seconds
   * @param percent its own switch
   */
  record CacheLine(
      String name,
      String layer,
      long hits,
      long misses,
      long passes,
      long hitRate,
      long l1Entries,
      long ttl,
      int percent,
      boolean warmable) {}

  /**
   * One endpoint.
   *
   * @param route method and pattern
   * @param hitRate in percent
   * @param cacheMillis mean time of a request in looks below L1 and in loads
   * @param millis mean time of a request
   */
  record RequestLine(
      String route,
      long requests,
      long hits,
      long misses,
      long hitRate,
      String cacheMillis,
      String millis) {

    static RequestLine of(RequestStats stats) {
      return new RequestLine(
          stats.route(),
          stats.requests(),
          stats.hits(),
          stats.misses(),
          Math.round(100 * stats.hitRate()),
          mean(stats.lookNanos() + stats.loadNanos(), stats.requests()),
          mean(stats.requestNanos(), stats.requests()));
    }

    private static String mean(long nanos, long requests) {
      return String.format(Locale.ROOT, "%.2f", nanos / 1e6 / Math.max(1, requests));
    }
  }

  /** All of it, and the token that a change needs. */
  record CacheAnswer(int percent, List<CacheLine> caches, String csrfHeader, String csrfToken) {}

  @GetMapping("/caches")
  String page(Model model) {
    model.addAttribute("percent", larder.switches().all().percent());
    model.addAttribute("caches", lines());
    model.addAttribute("requests", requests());
    return "simlane/caches";
  }

  @ResponseBody
  @GetMapping(path = "/api/admin/caches", produces = "application/json")
  CacheAnswer figures(CsrfToken token) {
    return new CacheAnswer(
        larder.switches().all().percent(), lines(), token.getHeaderName(), token.getToken());
  }

  /** What the requests of each endpoint did with caches; each request says it in Server-Timing. */
  @ResponseBody
  @GetMapping(path = "/api/admin/requests", produces = "application/json")
  List<RequestLine> requestFigures() {
    return requests();
  }

  @PostMapping("/caches/switch")
  String turn(@RequestParam(defaultValue = "") String name, @RequestParam int percent) {
    Checks checks = new Checks();
    checks.number("percent", percent, 0, 100);
    checks.done();
    if (!name.isEmpty()) {
      find(name);
    }
    Switch turned = name.isEmpty() ? larder.switches().all() : larder.switches().cache(name);
    turned.percent(percent);
    return "redirect:/caches";
  }

  @PostMapping("/caches/clear")
  String clear(@RequestParam(defaultValue = "") String name) {
    if (name.isEmpty()) {
      larder.clear();
    } else {
      find(name).clear();
    }
    return "redirect:/caches";
  }

  @PostMapping("/caches/warm")
  String warm(@RequestParam(defaultValue = "") String name) {
    if (name.isEmpty()) {
      larder.cacheNames().forEach(warming::warm);
    } else {
      find(name);
      warming.warm(name);
    }
    return "redirect:/caches";
  }

  private Cache<?, ?> find(String name) {
    return larder.find(name).orElseThrow(() -> Refused.notFound("cache", name));
  }

  private List<RequestLine> requests() {
    return larder.figures().requests().stream()
        .sorted(Comparator.comparingLong(RequestStats::requests).reversed())
        .map(RequestLine::of)
        .toList();
  }

  private List<CacheLine> lines() {
    return larder.stats().stream().map(this::line).toList();
  }

  private CacheLine line(CacheStats stats) {
    Cache<?, ?> cache = larder.find(stats.cache()).orElseThrow();
    return new CacheLine(
        stats.cache(),
        cache.policy().purpose(),
        stats.hits(),
        stats.misses(),
        stats.passes(),
        Math.round(100 * stats.hitRate()),
        stats.l1Size(),
        cache.policy().ttl().toSeconds(),
        larder.switches().cache(stats.cache()).percent(),
        warming.knows(stats.cache()));
  }
}
