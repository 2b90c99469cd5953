package dev.larder.showcase.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the {@link Viewer}: out of a header, else out of the cookie. */
final class ViewerResolver implements HandlerMethodArgumentResolver {
  private final String name;
  private final LoginCookie cookie;

  /**
   * @param name of the header, as {@code X-Halfnote-User}: everybody may be anybody here
   */
  ViewerResolver(String name, LoginCookie cookie) {
    this.name = name;
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
    HttpServletRequest http =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    Viewer viewer = viewer(request.getHeader(name), http);
    CurrentReader.is(viewer, http);
    return viewer;
  }

  private Viewer viewer(@Nullable String header, HttpServletRequest request) {
    if (header == null) {
      return cookie.viewer(request);
    }
    Checks checks = new Checks();
    if (!header.matches("[1-9]\\d{0,17}")) {
      checks.fault(name, header, "the number of a user");
      checks.done();
    }
    return new Viewer(Long.parseLong(header));
  }
}
