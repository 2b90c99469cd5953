package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which requests go round the cache: neither answered from it nor stored. Safe for many threads. */
final class Bypass {

  private final WebCacheOptions options;

  Bypass(WebCacheOptions options) {
    this.options = options;
  }

  /** Why; null if the request need not. */
  @Nullable String of(HttpServletRequest request, ResponseRule rule, @Nullable String identity) {
    if (request.getContentLengthLong() > 0
        || request.getHeader("Transfer-Encoding") != null
        || request.getContentType() != null) {
      // A handler may take a GET's body for parameters, which no key holds.
      return "the request has a body";
    }
    if (!RequestPaths.isPlain(request.getRequestURI())) {
      return "the path can be read in more than one way";
    }
    if (request.getHeader("If-Match") != null || request.getHeader("If-Unmodified-Since") != null) {
      return "a precondition that only the handler can judge";
    }
    String visitor = ofVisitor(request, rule.scope(), identity);
    if (visitor != null) {
      return visitor;
    }
    for (FillGuard guard : options.guards()) {
      String reason = guard.bypass(request);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable String ofVisitor(
      HttpServletRequest request, Scope scope, @Nullable String identity) {
    if (scope == Scope.ANONYMOUS && identity != null) {
      return "the visitor is logged in";
    }
    if (scope == Scope.ANONYMOUS && request.getHeader("Authorization") != null) {
      return "the request has Authorization";
    }
    return scope == Scope.USER && identity == null ? "the visitor is not logged in" : null;
  }

  /** What the client wishes of caches; {@code Pragma} counts where there is nothing else. */
  static CacheControl control(HttpServletRequest request) {
    List<String> lines = Collections.list(request.getHeaders("Cache-Control"));
    return CacheControl.parse(
        lines.isEmpty() ? Collections.list(request.getHeaders("Pragma")) : lines);
  }
}
