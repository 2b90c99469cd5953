package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule of the handler that the container or framework will call for a request: by the same
 * decision, never by a look at the path. Safe for many threads.
 */
@FunctionalInterface
public interface RouteMatcher {

  /** The matched route; null if the handler has no rule, or there is no handler. */
  @Nullable MatchedRoute match(HttpServletRequest request);
}
