package dev.larder.web.spring;

import dev.larder.web.VisitorResolver;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Visitors as Spring Security knows them. Users of several providers may share a name: an application
 * that has such makes a bean of its own.
 */
final class SecurityVisitors implements VisitorResolver {

  /** Name and rights: what one user may see changes with them. */
  @Override
  public @Nullable String identity(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    if (!(principal instanceof Authentication user)) {
      return principal == null ? null : principal.getName();
    }
    String rights = user.getAuthorities().stream()
        .map(GrantedAuthority::getAuthority)
        .map(String::valueOf)
        .sorted()
        .collect(Collectors.joining(","));
    return user.getClass().getSimpleName() + " " + user.getName() + " " + rights;
  }
}
