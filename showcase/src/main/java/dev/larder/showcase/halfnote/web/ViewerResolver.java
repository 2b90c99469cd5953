package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.action.Checks;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the {@link Viewer}: out of the header {@value #HEADER}, else out of the cookie. */
final class ViewerResolver implements HandlerMethodArgumentResolver {
  static final String HEADER = "X-Halfnote-User";

  private final LoginCookie cookie;

  ViewerResolver(LoginCookie cookie) {
    this.cookie = cookie;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Viewer.class;
  }

  @Override
  public Viewer resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    String header = request.getHeader(HEADER);
    if (header == null) {
      return cookie.viewer(
          Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }
    Checks checks = new Checks();
    if (!header.matches("[1-9]\\d{0,17}")) {
      checks.fault(HEADER, header, "the number of a user");
      checks.done();
    }
    return new Viewer(Long.parseLong(header));
  }
}
