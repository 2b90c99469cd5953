package dev.larder.web;

import dev.larder.stats.RouteStats;
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
import java.util.Set;

/**
 * Answers requests from stored responses, and stores what handlers answer.
 *
 * <p>Put it last, behind everything that lets requests in or not: what it answers goes past all
 * filters after it. It looks at first dispatches only; whatever has no rule goes by untouched. A
 * failing cache never fails a request: the handler answers. Safe for many threads.
 *
 * <p>Follows RFC 9110, 9111 and 9211 for GET, HEAD, conditions and single ranges.
 */
public final class ResponseCacheFilter implements Filter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final RouteMatcher routes;
  private final WebCacheOptions options;
  private final Exchanges exchanges;
  private final Writings writings;

  /** A filter for these routes. */
  public ResponseCacheFilter(RouteMatcher routes, WebCacheOptions options) {
    this.routes = routes;
    this.options = options;
    this.exchanges = new Exchanges(options);
    this.writings = new Writings(routes);
  }

  /** What was done for each route since the filter was made: at most about 500 routes. */
  public List<RouteStats> stats() {
    return exchanges.stats();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      chain.doFilter(request, response);
      return;
    }
    String method = http.getMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      MatchedRoute route = routes.match(http);
      if (route == null) {
        chain.doFilter(request, response);
      } else {
        exchanges.answer(http, answer, chain, route);
      }
      return;
    }
    chain.doFilter(request, response);
    if (options.writesInvalidate() && !SAFE.contains(method) && !http.isAsyncStarted()) {
      writings.done(http, answer.getStatus());
    }
  }
}
