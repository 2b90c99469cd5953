package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import dev.larder.Loading;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;

/**
 * Notes when a load reads Spring Security's context: what it loads is that user's, and must not be
 * stored for all. It wraps the strategy of {@link SecurityContextHolder}, once in a process.
 */
final class IdentityGuard implements SecurityContextHolderStrategy {

  private static final StackWalker FRAMES =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final int CARRIER_DEPTH = 12;
  private static final boolean HAS_PROPAGATION = ClassUtils.isPresent(
      "io.micrometer.context.ThreadLocalAccessor", IdentityGuard.class.getClassLoader());

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
    if (Loading.current() != null && !isCarried()) {
      Loading.readIdentity("security context", CacheScope.USER);
    }
  }

  /** Whether the context is only being taken along to another thread, by Micrometer's propagation. */
  private static boolean isCarried() {
    return HAS_PROPAGATION
        && FRAMES.walk(frames -> frames
            .limit(CARRIER_DEPTH)
            .anyMatch(frame -> Propagation.isAccessor(frame.getDeclaringClass())));
  }

  /** Apart, so that an application without it never loads its classes. */
  private static final class Propagation {

    static boolean isAccessor(Class<?> type) {
      return ThreadLocalAccessor.class.isAssignableFrom(type);
    }
  }

  @Override
  public SecurityContext getContext() {
    noteRead();
    return wrapped.getContext();
  }

  /** Who takes it along has read nothing yet. */
  @Override
  public Supplier<SecurityContext> getDeferredContext() {
    return new Noting(wrapped.getDeferredContext(), isCarried() ? null : Loading.current());
  }

  /**
   * Notes the read when it happens: for the load that it happens in, and for the one it was taken in,
   * which may have gone on in another thread.
   */
  private record Noting(
      Supplier<SecurityContext> deferred, @Nullable Loading taken)
      implements Supplier<SecurityContext> {
    @Override
    public SecurityContext get() {
      noteRead();
      if (taken != null) {
        Loading.Binding bound = taken.bind();
        try {
          Loading.readIdentity("security context", CacheScope.USER);
        } finally {
          bound.close();
        }
      }
      return deferred.get();
    }
  }

  @Override
  public void setContext(SecurityContext context) {
    wrapped.setContext(context);
  }

  /** What is put back in its own load needs no second note; what was handed on keeps it. */
  @Override
  public void setDeferredContext(Supplier<SecurityContext> deferred) {
    boolean isPutBack = deferred instanceof Noting noting
        && (noting.taken() == null || noting.taken().equals(Loading.current()));
    wrapped.setDeferredContext(isPutBack ? ((Noting) deferred).deferred() : deferred);
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
