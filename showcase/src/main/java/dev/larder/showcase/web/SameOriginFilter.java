package dev.larder.showcase.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses writes that a browser sends on behalf of another site. Browsers name the origin of every
 * form and script in {@code Origin} or {@code Sec-Fetch-Site}; a request with neither comes from a
 * program, which no other site can lead astray.
 */
final class SameOriginFilter extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (READING.contains(request.getMethod()) || sameOrigin(request)) {
      chain.doFilter(request, response);
      return;
    }
    response.sendError(
        HttpServletResponse.SC_FORBIDDEN, "This was sent by a page of another site.");
  }

  private static boolean sameOrigin(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    @Nullable String origin = request.getHeader("Origin");
    return origin == null || origin.equals(request.getScheme() + "://" + request.getHeader("Host"));
  }
}
