package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.trace.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Hands the account of the request to the page, between the reading and the drawing, and sets the
 * headers that every page has.
 */
final class CostOfPage implements HandlerInterceptor {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    if (page == null) {
      return;
    }
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cache-Control", "private, no-store");
    String view = page.getViewName();
    if (view == null || view.startsWith("redirect:")) {
      return;
    }
    RequestTrace.current().ifPresent(trace -> {
      page.addObject("trace", trace);
      response.setHeader("X-Sql-Statements", Integer.toString(trace.statements()));
      if (!trace.answers().isEmpty()) {
        response.setHeader("X-Cache", trace.answersLine());
      }
    });
  }
}
