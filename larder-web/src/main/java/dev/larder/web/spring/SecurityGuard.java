package dev.larder.web.spring;

import dev.larder.web.FillGuard;
import dev.larder.web.InputRecord;
import dev.larder.web.ResponseRule;
import dev.larder.web.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What Spring Security knows of who asks: a look at the security context (also by
 * {@code @PreAuthorize}) and a CSRF token are inputs that no shared key holds.
 */
final class SecurityGuard implements FillGuard, dev.larder.web.VisitorResolver {

  @Override
  public Runnable watch(HttpServletRequest request, ResponseRule rule, InputRecord inputs) {
    if (rule.scope() == Scope.USER) {
      return () -> {};
    }
    SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
    Supplier<SecurityContext> before = holder.getDeferredContext();
    Supplier<SecurityContext> noting = () -> {
      inputs.read("security context");
      return before.get();
    };
    holder.setDeferredContext(noting);
    return () -> holder.setDeferredContext(before);
  }

  @Override
  public Object attribute(String name, Object value, InputRecord inputs) {
    return value instanceof CsrfToken token ? new NotingToken(token, inputs) : value;
  }

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

  private static final class NotingToken implements CsrfToken {

    private static final long serialVersionUID = 1L;

    private final transient CsrfToken token;
    private final transient InputRecord inputs;

    NotingToken(CsrfToken token, InputRecord inputs) {
      this.token = token;
      this.inputs = inputs;
    }

    @Override
    public String getHeaderName() {
      return token.getHeaderName();
    }

    @Override
    public String getParameterName() {
      return token.getParameterName();
    }

    @Override
    public String getToken() {
      inputs.read("CSRF token");
      return token.getToken();
    }
  }
}
