package dev.larder.web.request;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Knows which pattern a request that was handled had matched. Safe for many threads. */
@FunctionalInterface
public interface RequestPatterns {

  /** That of the servlet's own mapping, as {@code /news/*}. */
  RequestPatterns SERVLET = request -> request.getHttpServletMapping().getPattern();

  /** The pattern, never the path; null if there is none. */
  @Nullable String pattern(HttpServletRequest request);
}
