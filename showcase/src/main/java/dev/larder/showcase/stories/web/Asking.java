package dev.larder.showcase.stories.web;

import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Viewer;
import dev.larder.spring.annotation.CallerIdentity;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who is asking, for the entries that are one user's alone: the number, as handlers see it. */
@Component
final class Asking implements CallerIdentity {
  private static final String HEADER = "X-Stories-User";

  private final LoginCookie cookie;

  Asking(LoginCookie cookie) {
    this.cookie = cookie;
  }

  @Override
  public @Nullable Object user() {
    if (!(RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes attributes)) {
      return null;
    }
    HttpServletRequest request = attributes.getRequest();
    String header = request.getHeader(HEADER);
    if (header != null) {
      return header;
    }
    Viewer viewer = cookie.viewer(request);
    return viewer.isKnown() ? Long.toString(viewer.id()) : null;
  }

  @Override
  public Object tenant() {
    throw new IllegalStateException("Stories has no tenants");
  }
}
