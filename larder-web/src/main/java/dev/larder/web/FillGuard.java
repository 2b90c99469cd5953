package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What a framework knows of inputs that do not come from the request's own methods. Safe for many
 * threads.
 */
public interface FillGuard {

  /** Why this request must go round the cache; null if it need not. */
  default @Nullable String bypass(HttpServletRequest request) {
    return null;
  }

  /**
   * Begins to watch this thread while a handler makes a response that may be stored.
   *
   * @return ends it; runs on the same thread
   */
  default Runnable watch(HttpServletRequest request, ResponseRule rule, InputRecord inputs) {
    return () -> {};
  }

  /**
   * What a framework is given that looks for the session of every request, whatever it then shows of it:
   * one that notes its use. Null where it is the handler that looks.
   */
  default @Nullable HttpSession session(@Nullable HttpSession session, InputRecord inputs) {
    return null;
  }

  /** What the handler is given for a request attribute that was set before; the value itself, or one
   * that notes its use. */
  default Object attribute(String name, Object value, InputRecord inputs) {
    return value;
  }
}
