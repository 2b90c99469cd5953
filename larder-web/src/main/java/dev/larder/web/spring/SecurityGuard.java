package dev.larder.web.spring;

import dev.larder.web.FillGuard;
import dev.larder.web.InputRecord;
import dev.larder.web.ResponseRule;
import dev.larder.web.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What Spring Security knows of who asks: a look at the security context (also by
 * {@code @PreAuthorize}) and a CSRF token are inputs that no shared key holds.
 */
final class SecurityGuard implements FillGuard {

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
