package dev.larder.showcase.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Opens and closes the account of each request, and puts it into the headers of the answer at the last
 * moment, when the reading is done. Stands before every cache of responses, so that an answer out of
 * such a cache has an account of its own.
 */
final class TraceFilter extends OncePerRequestFilter {
  private static final String STATEMENTS = "X-Sql-Statements";
  private static final String CACHE = "X-Cache";
  private static final String POSITION = "X-Larder-Position";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RequestTrace trace = RequestTrace.begin();
    Traced traced = new Traced(response, trace);
    try {
      chain.doFilter(request, traced);
      traced.write();
    } finally {
      RequestTrace.end();
    }
  }

  private static final class Traced extends OnCommittedResponseWrapper {
    private final RequestTrace trace;
    private boolean isWritten;

    Traced(HttpServletResponse response, RequestTrace trace) {
      super(response);
      this.trace = trace;
    }

    @Override
    protected void onResponseCommitted() {
      write();
    }

    void write() {
      if (isWritten || isCommitted()) {
        return;
      }
      isWritten = true;
      setHeader(STATEMENTS, Integer.toString(trace.statements()));
      trace.position().ifPresent(position -> setHeader(POSITION, position));
      if (!trace.answers().isEmpty()) {
        setHeader(CACHE, trace.answersLine());
      }
    }
  }
}
