package dev.larder.web.spring;

import dev.larder.web.FillGuard;
import dev.larder.web.InputRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * What Spring MVC reads of every request before and after any handler. It looks into the session for flash
 * attributes: a request that has some goes round the cache, for the others that look is taken back.
 */
final class SpringGuard implements FillGuard, HandlerInterceptor {

  private static final String FLASH_MAPS = SessionFlashMapManager.class.getName() + ".FLASH_MAPS";

  @Override
  public @Nullable String bypass(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(FLASH_MAPS) != null
        ? "flash attributes wait for the visitor"
        : null;
  }

  /** The last moment before the handler. */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(InputRecord.ATTRIBUTE) instanceof InputRecord inputs) {
      inputs.forget("session");
    }
    return true;
  }

  /** After the view; the dispatcher reads who asked for the events that it publishes. */
  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    if (request.getAttribute(InputRecord.ATTRIBUTE) instanceof InputRecord inputs) {
      inputs.end();
    }
  }
}
