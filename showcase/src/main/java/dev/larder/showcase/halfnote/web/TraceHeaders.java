package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.trace.RequestTrace;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Puts the account of the request into the headers of its answer. All reading is done by the time
 * the body is about to be written, and no header could be set later.
 */
@ControllerAdvice(basePackageClasses = TraceHeaders.class)
final class TraceHeaders implements ResponseBodyAdvice<Object> {
  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    RequestTrace.current().ifPresent(trace -> write(trace, response.getHeaders()));
    return body;
  }

  private static void write(RequestTrace trace, HttpHeaders headers) {
    headers.set(TraceFilter.STATEMENTS, Integer.toString(trace.statements()));
    trace.position().ifPresent(position -> headers.set(TraceFilter.POSITION, position));
    if (!trace.answers().isEmpty()) {
      headers.set(TraceFilter.CACHE, trace.answersLine());
    }
    // What a user sees belongs to nobody else, and must not outlive a log-out in a shared browser.
    headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
  }
}
