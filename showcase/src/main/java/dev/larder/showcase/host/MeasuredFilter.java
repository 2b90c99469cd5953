package dev.larder.showcase.host;

import dev.larder.Larder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets whoever measures a system turn its larder off and on and empty it: {@code POST
 * /measured/switch?percent=0} and {@code POST /measured/clear}. Stands before everything else, log-ins
 * too, so it is there only in a process that was started to be measured.
 */
final class MeasuredFilter extends OncePerRequestFilter {
  static final String PROPERTY = "showcase.measured";

  private final ObjectProvider<Larder> larder;

  MeasuredFilter(ObjectProvider<Larder> larder) {
    this.larder = larder;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!request.getMethod().equals("POST")) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else if (request.getServletPath().endsWith("/switch")) {
      larder
          .getObject()
          .switches()
          .all()
          .percent(Integer.parseInt(request.getParameter("percent")));
    } else {
      larder.getObject().clear();
    }
  }
}
