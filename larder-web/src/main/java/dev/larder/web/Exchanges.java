package dev.larder.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import dev.larder.Lookup;
import dev.larder.stats.RouteStats;
import dev.larder.web.request.RequestFigures;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that a rule is for.
 *
 * <p><b>A miss</b> runs the handler inside the cache's loader on the request's own thread, so requests
 * with equal keys wait for one run, in all processes. What the handler says is taken down and not sent:
 * when the load is over it is sent to this client, stored or not.
 *
 * <p><b>A stale hit</b> is sent, and sent to its end; then the same thread runs the handler, one at a
 * time for a key. A container's request can't outlive its thread, so there is no other.
 */
final class Exchanges {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.web");

  /** So long nobody tries to refresh what could not be refreshed. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final int MOST_REMEMBERED = 10_000;

  private record Place(String cache, RequestKey key) {}

  private final WebCacheOptions options;
  private final Reply reply;
  private final Bypass bypass;
  private final ClientRefreshes clientRefreshes;
  private final com.github.benmanes.caffeine.cache.Cache<Place, String> passes;
  private final com.github.benmanes.caffeine.cache.Cache<Place, Boolean> failures;
  private final ConcurrentMap<Place, Fill> running = new ConcurrentHashMap<>();
  private final Set<Place> refreshing = ConcurrentHashMap.newKeySet();
  private final RouteCounts counts = new RouteCounts();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  Exchanges(WebCacheOptions options) {
    this.options = options;
    this.reply = new Reply(options);
    this.bypass = new Bypass(options);
    this.clientRefreshes = new ClientRefreshes(options);
    this.passes = Caffeine.newBuilder()
        .ticker(options.time()::nanos)
        .expireAfterWrite(options.passFor())
        .maximumSize(options.passFor().isZero() ? 0 : MOST_REMEMBERED)
        .build();
    this.failures = Caffeine.newBuilder()
        .ticker(options.time()::nanos)
        .expireAfterWrite(RETRY)
        .maximumSize(MOST_REMEMBERED)
        .build();
  }

  /** What was done so far, by route. */
  List<RouteStats> stats() {
    return counts.stats();
  }

  void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      MatchedRoute route)
      throws IOException, ServletException {
    RouteCount count = counts.of(route);
    // Of a response out of the cache nobody else will know what was asked for.
    RequestFigures.current().ifPresent(figures -> figures.pattern(pattern(route)));
    Keyed keyed;
    String reason;
    try {
      String identity = options.visitors().identity(request);
      reason = bypass.of(request, route.rule(), identity);
      keyed = Keyed.of(request, route, options.visitors(), identity);
      if (reason == null && !route.rule().applies(keyed.facts())) {
        reason = "the condition of the rule";
      }
    } catch (RuntimeException failure) {
      logger.error("{}: no key for a request", route.route(), failure);
      count.bypassed("no key could be made");
      chain.doFilter(request, response);
      return;
    }
    Cache<RequestKey, StoredResponse> cache = route.rule().cache();
    Place place = new Place(cache.name(), keyed.key());
    if (reason == null) {
      reason = cache.isOn(keyed.key()) ? passes.getIfPresent(place) : "switched off";
    }
    if (reason != null) {
      pass(request, response, chain, count, reason);
      return;
    }
    count.keyed(keyed.key());
    CacheControl wish = Bypass.control(request);
    if (clientRefreshes.isGranted(request, wish)) {
      miss(request, response, chain, keyed, place, true);
    } else if (cache.policy().staleFor().isZero()
        && !wish.has("only-if-cached")
        && !wish.has("no-store")) {
      // One lookup, so that a miss is counted once.
      miss(request, response, chain, keyed, place, false);
    } else if (find(cache, keyed, wish) instanceof Lookup.Hit<StoredResponse> hit
        && hit.value() != null) {
      hit(request, response, chain, keyed, place, hit.value(), hit.isStale());
    } else if (wish.has("only-if-cached")) {
      count.bypassed("only-if-cached");
      reply.status(response, CacheStatus.bypass(options.name(), "only-if-cached"));
      response.sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT);
    } else if (wish.has("no-store")) {
      pass(request, response, chain, count, "the request says no-store");
    } else {
      miss(request, response, chain, keyed, place, false);
    }
  }

  private static String pattern(MatchedRoute route) {
    return route.route().substring(route.route().lastIndexOf(' ') + 1);
  }

  private void pass(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      RouteCount count,
      String reason)
      throws IOException, ServletException {
    count.bypassed(reason);
    reply.status(response, CacheStatus.bypass(options.name(), reason));
    chain.doFilter(request, response);
  }

  /** Looks where that is all that the cache is asked for; else a miss is counted by what loads. */
  private static Lookup<StoredResponse> find(
      Cache<RequestKey, StoredResponse> cache, Keyed keyed, CacheControl wish) {
    return wish.has("only-if-cached")
            || wish.has("no-store")
            || look(cache, keyed, false).isAnswered()
        ? look(cache, keyed, true)
        : new Lookup.Miss<>();
  }

  private static Lookup<StoredResponse> look(
      Cache<RequestKey, StoredResponse> cache, Keyed keyed, boolean isCounted) {
    try {
      return isCounted ? cache.get(keyed.key()) : cache.peek(keyed.key());
    } catch (RuntimeException failure) {
      logger.error("cache {}: a lookup failed", cache.name(), failure);
      return new Lookup.Miss<>();
    }
  }

  // ---- hits

  private void hit(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Keyed keyed,
      Place place,
      StoredResponse stored,
      boolean isStale)
      throws IOException {
    RouteCount count = counts.of(keyed.route());
    // Before the client has it: who asks for the figures then finds it counted.
    count.hit(isStale);
    reply.send(
        request,
        response,
        keyed.route().rule(),
        stored,
        CacheStatus.hit(options.name(), ttlSeconds(stored)));
    count.answered(response.getStatus());
    if (isStale && failures.getIfPresent(place) == null && refreshing.add(place)) {
      try {
        response.flushBuffer();
        response.getOutputStream().close();
        if (isStillStale(keyed)) {
          refresh(request, response, chain, keyed, place);
        }
      } finally {
        refreshing.remove(place);
      }
    }
  }

  private long ttlSeconds(StoredResponse stored) {
    return Math.floorDiv(
        stored.storedAtMillis() + stored.ttlMillis() - options.time().millis(), 1000L);
  }

  /** Another may have refreshed it between this thread's look and its turn. */
  private static boolean isStillStale(Keyed keyed) {
    return look(keyed.route().rule().cache(), keyed, false)
            instanceof Lookup.Hit<StoredResponse> hit
        && hit.isStale();
  }

  private void refresh(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Keyed keyed,
      Place place) {
    Fill fill = new Fill(options, keyed, request, response, chain, true);
    try {
      keyed.route().rule().cache().refresh(keyed.key(), key -> fill.load());
      remember(fill, keyed, place);
    } catch (Exception failure) {
      failures.put(place, true);
      logger.warn(
          "{}: a stale response was not refreshed: {}", keyed.route().route(), failure.toString());
    }
  }

  // ---- misses, and hits of what is never stale

  private void miss(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Keyed keyed,
      Place place,
      boolean isForced)
      throws IOException, ServletException {
    Cache<RequestKey, StoredResponse> cache = keyed.route().rule().cache();
    Fill fill = new Fill(options, keyed, request, response, chain, false);
    boolean isJoined = running.containsKey(place);
    RouteCount count = counts.of(keyed.route());
    StoredResponse got = null;
    try {
      got = isForced
          ? cache.refresh(keyed.key(), key -> run(fill, place))
          : cache.get(keyed.key(), key -> run(fill, place));
    } catch (Exception failure) {
      if (failure.equals(fill.failure())) {
        count.notStored(null, fill);
        throw thrown(failure);
      }
      if (!fill.isFailed()) {
        logger.debug("{}: another's run failed, or the cache", keyed.route().route(), failure);
      }
    }
    if (!fill.isRun()) {
      if (got == null || got.ttlMillis() <= 0) {
        // What has to be asked for before each use answers nobody who came while it was.
        pass(request, response, chain, count, "another's run answers that request alone");
      } else {
        String status = isJoined
            ? CacheStatus.collapsed(options.name())
            : CacheStatus.hit(options.name(), ttlSeconds(got));
        if (isJoined) {
          count.collapsed();
        } else {
          count.hit(false);
        }
        reply.send(request, response, keyed.route().rule(), got, status);
        count.answered(response.getStatus());
      }
      return;
    }
    remember(fill, keyed, place);
    ran(request, response, keyed, fill, got, isForced ? "request" : fill.reason());
    count.answered(response.getStatus());
  }

  /** Calls the handler; requests for the same place that come meanwhile are told apart from hits. */
  private @Nullable StoredResponse run(Fill fill, Place place)
      throws IOException, ServletException {
    running.put(place, fill);
    try {
      return fill.load();
    } finally {
      running.remove(place, fill);
    }
  }

  private void ran(
      HttpServletRequest request,
      HttpServletResponse response,
      Keyed keyed,
      Fill fill,
      @Nullable StoredResponse got,
      String reason)
      throws IOException {
    ResponseRule rule = keyed.route().rule();
    StoredResponse form = fill.form();
    RouteCount count = counts.of(keyed.route());
    if (form != null) {
      count.stored(fill);
      reply.send(
          request,
          response,
          rule,
          form,
          CacheStatus.stored(options.name(), reason, fill.status(), ttlSeconds(form)));
    } else if (fill.isFailed() && got != null) {
      count.standIn();
      reply.send(
          request, response, rule, got, CacheStatus.standIn(options.name(), ttlSeconds(got)));
    } else {
      count.notStored(fill.refusal(), fill);
      if (fill.captured().passedOn() == null) {
        reply.status(
            response,
            CacheStatus.notStored(
                options.name(), reason, fill.status(), String.valueOf(fill.refusal())));
        fill.sendAsItIs();
      }
    }
  }

  private static ServletException thrown(Exception failure) throws IOException {
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (failure instanceof IOException io) {
      throw io;
    }
    return failure instanceof ServletException servlet ? servlet : new ServletException(failure);
  }

  private void remember(Fill fill, Keyed keyed, Place place) {
    String refusal = fill.refusal();
    if (refusal == null || !fill.isRefusalLasting()) {
      return;
    }
    passes.put(place, refusal);
    List<String> unkeyed = fill.unkeyed();
    String route = keyed.route().route();
    if (logged.size() < MOST_REMEMBERED && logged.add(route + refusal)) {
      if (unkeyed.isEmpty()) {
        logger.info("{}: not stored: {}", route, refusal);
      } else {
        logger.warn(
            "{}: not stored, since the handler reads what is not in the key: {}. Add it to the"
                + " declaration (query, vary, scope), or do not read it.",
            route,
            String.join(", ", unkeyed));
      }
    }
  }
}
