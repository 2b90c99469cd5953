package dev.larder.showcase.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers programs that ask for an endpoint there is none of, as {@link Problems} answers the rest:
 * without a handler that class is not asked. People are left to the error page.
 */
@RestControllerAdvice
final class UnknownAddresses {
  private static final String PROGRAMS = "/api/";

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknown(NoResourceFoundException e, HttpServletRequest request)
      throws ServletException {
    return answer(e, e.getBody(), e.getHeaders(), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notSoUsed(
      HttpRequestMethodNotSupportedException e, HttpServletRequest request)
      throws ServletException {
    return answer(e, e.getBody(), e.getHeaders(), request);
  }

  private static <E extends ServletException> ResponseEntity<ProblemDetail> answer(
      E e, ProblemDetail problem, HttpHeaders headers, HttpServletRequest request) throws E {
    if (!request.getRequestURI().startsWith(request.getContextPath() + PROGRAMS)) {
      throw e;
    }
    return ResponseEntity.status(problem.getStatus()).headers(headers).body(problem);
  }
}
