package dev.larder.web.request;

import dev.larder.CacheTier;
import dev.larder.stats.RequestStats;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link RequestFigures} of each request, and tells of them when it ends: in a line of the
 * logger {@code dev.larder.request} at {@code DEBUG}, in {@link #stats()}, and, if wanted, in the header
 * {@code Server-Timing}.
 *
 * <p>Put it first, for the dispatcher types {@code REQUEST} and {@code ASYNC}, with asynchronous support;
 * the larder needs {@link RequestLookups} as a listener. The header says what was known when the first
 * bytes left: for a body that outgrows the container's buffer, or is flushed, the rest of its making is in
 * the log and the totals only. What an error page asks of caches is not counted. Safe for many threads.
 */
public final class RequestFiguresFilter implements Filter {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.request");
  private static final String ATTRIBUTE = RequestFiguresFilter.class.getName();
  private static final String UNMATCHED = "unmatched";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final RequestPatterns patterns;
  private final boolean sendsServerTiming;
  private final RequestTotals totals = new RequestTotals();

  /**
   * A filter.
   *
   * @param patterns knows what a request had matched
   * @param sendsServerTiming whether clients are told, by {@code Server-Timing}; it says what is cached,
   *     so it is not for everybody
   */
  public RequestFiguresFilter(RequestPatterns patterns, boolean sendsServerTiming) {
    this.patterns = patterns;
    this.sendsServerTiming = sendsServerTiming;
  }

  /** What the requests that have ended did, by method and pattern: at most 501. */
  public List<RequestStats> stats() {
    return totals.stats();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      chain.doFilter(request, response);
    } else if (http.getAttribute(ATTRIBUTE) instanceof RequestFigures begun) {
      goOn(begun, request, response, chain);
    } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
      begin(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** The same request on another thread, or forwarded. */
  private static void goOn(
      RequestFigures figures, ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestFigures.Binding bound = figures.bind();
    try {
      chain.doFilter(request, response);
    } finally {
      bound.close();
    }
  }

  private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestFigures figures = new RequestFigures();
    request.setAttribute(ATTRIBUTE, figures);
    BeforeCommit timed = sendsServerTiming
        ? new BeforeCommit(
            response, () -> response.addHeader(ServerTiming.NAME, ServerTiming.of(figures)))
        : null;
    boolean isThrown = true;
    RequestFigures.Binding bound = figures.bind();
    try {
      chain.doFilter(request, timed == null ? response : timed);
      isThrown = false;
    } finally {
      bound.close();
      if (!isThrown && request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new AtTheEnd(request, response, figures));
      } else {
        if (timed != null) {
          timed.now();
        }
        end(request, figures, isThrown ? 500 : response.getStatus());
      }
    }
  }

  private void end(HttpServletRequest request, RequestFigures figures, int status) {
    figures.end();
    request.removeAttribute(ATTRIBUTE);
    String route = route(request, figures);
    totals.add(route, figures);
    if (logger.isDebugEnabled()) {
      String ratio = String.format(Locale.ROOT, "%.2f", figures.hitRate());
      String look = ServerTiming.millis(figures.lookNanos());
      String load = ServerTiming.millis(figures.loadNanos());
      String all = ServerTiming.millis(figures.requestNanos());
      logger
          .atDebug()
          .addKeyValue("route", route)
          .addKeyValue("status", status)
          .addKeyValue("hits", figures.hits())
          .addKeyValue("misses", figures.misses())
          .addKeyValue("ratio", figures.hitRate())
          .addKeyValue("lookMillis", figures.lookNanos() / 1e6)
          .addKeyValue("loadMillis", figures.loadNanos() / 1e6)
          .addKeyValue("millis", figures.requestNanos() / 1e6)
          .log(
              "{} status={} hits={} l1={} l2={} database={} stale={} misses={} ratio={} loads={}"
                  + " look={}ms load={}ms all={}ms",
              route,
              status,
              figures.hits(),
              figures.hits(CacheTier.L1),
              figures.hits(CacheTier.L2),
              figures.hits(CacheTier.DATABASE),
              figures.staleHits(),
              figures.misses(),
              ratio,
              figures.loads(),
              look,
              load,
              all);
    }
  }

  /** Nothing in it was written by a user: methods are of a list, patterns of the application. */
  private String route(HttpServletRequest request, RequestFigures figures) {
    String pattern = patterns.pattern(request);
    if (pattern == null) {
      pattern = figures.pattern();
    }
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
    return method + ' ' + (pattern == null ? UNMATCHED : pattern);
  }

  /** Ends the figures of a request that goes on without its first thread. */
  private final class AtTheEnd implements AsyncListener {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RequestFigures figures;

    AtTheEnd(HttpServletRequest request, HttpServletResponse response, RequestFigures figures) {
      this.request = request;
      this.response = response;
      this.figures = figures;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      RequestFiguresFilter.this.end(request, figures, response.getStatus());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // It is completed after that.
    }

    @Override
    public void onError(AsyncEvent event) {
      // It is completed after that.
    }
  }
}
