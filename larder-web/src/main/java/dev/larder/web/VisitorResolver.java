package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who sends a request. Safe for many threads. */
public interface VisitorResolver {

  /** By the servlet API: the name of the principal. */
  VisitorResolver SERVLET = request -> {
    Principal principal = request.getUserPrincipal();
    return principal == null ? null : principal.getName();
  };

  /**
   * Text that no other user has, nor the same user with other rights; null for one who is not logged
   * in.
   */
  @Nullable String identity(HttpServletRequest request);

  /** Whether a visitor has a role. */
  default boolean hasRole(HttpServletRequest request, String role) {
    return request.isUserInRole(role);
  }
}
