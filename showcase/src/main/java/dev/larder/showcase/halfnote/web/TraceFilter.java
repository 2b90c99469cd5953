package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.trace.RequestTrace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Opens and closes the account of each request. */
final class TraceFilter extends OncePerRequestFilter {
  static final String STATEMENTS = "X-Sql-Statements";
  static final String CACHE = "X-Cache";
  static final String POSITION = "X-Larder-Position";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RequestTrace.begin();
    try {
      chain.doFilter(request, response);
    } finally {
      RequestTrace.end();
    }
  }
}
