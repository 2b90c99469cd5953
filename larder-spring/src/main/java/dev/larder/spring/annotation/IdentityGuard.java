package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import dev.larder.Loading;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Notes when a load reads Spring Security's context: what it loads is that user's, and must not be
 * stored for all. It wraps the strategy of {@link SecurityContextHolder}, once in a process.
 */
final class IdentityGuard implements SecurityContextHolderStrategy {

  private final SecurityContextHolderStrategy wrapped;

  private IdentityGuard(SecurityContextHolderStrategy wrapped) {
    this.wrapped = wrapped;
  }

  static synchronized void install() {
    SecurityContextHolderStrategy strategy = SecurityContextHolder.getContextHolderStrategy();
    if (!(strategy instanceof IdentityGuard)) {
      SecurityContextHolder.setContextHolderStrategy(new IdentityGuard(strategy));
    }
  }

  private static void noteRead() {
    Loading.readIdentity("security context", CacheScope.USER);
  }

  @Override
  public SecurityContext getContext() {
    noteRead();
    return wrapped.getContext();
  }

  @Override
  public Supplier<SecurityContext> getDeferredContext() {
    noteRead();
    return wrapped.getDeferredContext();
  }

  @Override
  public void setContext(SecurityContext context) {
    wrapped.setContext(context);
  }

  @Override
  public void setDeferredContext(Supplier<SecurityContext> deferred) {
    wrapped.setDeferredContext(deferred);
  }

  @Override
  public void clearContext() {
    wrapped.clearContext();
  }

  @Override
  public SecurityContext createEmptyContext() {
    return wrapped.createEmptyContext();
  }
}
