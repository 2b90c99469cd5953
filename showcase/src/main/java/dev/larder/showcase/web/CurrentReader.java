package dev.larder.showcase.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The user who reads a page now: somebody logged in, in a request that only reads. What a write or a
 * warm-up looks up is nobody's reading, and says nothing about what comes next.
 */
public final class CurrentReader {
  private static final String NAME = CurrentReader.class.getName();

  private CurrentReader() {}

  static void is(Viewer viewer, HttpServletRequest request) {
    if (viewer.isKnown() && request.getMethod().equals("GET")) {
      request.setAttribute(NAME, viewer.id());
    }
  }

  /** The number of the user whose request this thread serves; null if there is none. */
  public static @Nullable Long id() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request == null
        ? null
        : (Long) request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST);
  }
}
