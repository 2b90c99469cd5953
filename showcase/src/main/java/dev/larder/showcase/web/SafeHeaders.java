package dev.larder.showcase.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/** The headers that every page has, unless its handler has set another. */
final class SafeHeaders implements HandlerInterceptor {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    if (page == null) {
      return;
    }
    set(response, "Content-Security-Policy", POLICY);
    set(response, "X-Content-Type-Options", "nosniff");
    set(response, "Referrer-Policy", "same-origin");
    if (!CachedHandlers.isCached(handler)) {
      set(response, HttpHeaders.CACHE_CONTROL, "private, no-store");
    }
  }

  private static void set(HttpServletResponse response, String name, String value) {
    if (!response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }
}
