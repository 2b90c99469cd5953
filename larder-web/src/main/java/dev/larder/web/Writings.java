package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What unsafe methods do to stored responses: RFC 9111, section 4.4. Safe for many threads. */
final class Writings {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.web");

  private static final Set<String> OF_THE_BODY =
      Set.of("content-type", "content-length", "transfer-encoding", "accept");

  private final RouteMatcher routes;

  Writings(RouteMatcher routes) {
    this.routes = routes;
  }

  /** Ends all variants of the resource that was written to, if the write succeeded. */
  void done(HttpServletRequest request, int status) {
    if (status < 200 || status >= 400) {
      return;
    }
    try {
      MatchedRoute route = routes.match(new AsGet(request));
      if (route != null) {
        route
            .rule()
            .cache()
            .invalidatePrefix(route.route(), List.copyOf(route.variables().values()));
      }
    } catch (RuntimeException failure) {
      logger.warn("{}: what is stored was not invalidated", request.getMethod(), failure);
    }
  }

  /** How somebody would ask for the same resource. */
  private static final class AsGet extends HttpServletRequestWrapper {

    AsGet(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    private static boolean isHidden(String name) {
      return OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT));
    }
  }
}
