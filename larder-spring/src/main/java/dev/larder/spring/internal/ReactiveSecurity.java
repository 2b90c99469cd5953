package dev.larder.spring.internal;

import dev.larder.CacheScope;
import dev.larder.Loading;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Spring Security's context where it stands in the reactive one instead of on the thread. */
public final class ReactiveSecurity {

  private static final boolean IS_PRESENT = ClassUtils.isPresent(
      "org.springframework.security.core.context.ReactiveSecurityContextHolder",
      ReactiveSecurity.class.getClassLoader());

  private ReactiveSecurity() {}

  /** Who is asking is not known yet, and this is no place to wait. */
  public static final class NotYetKnown extends Exception {
    private static final long serialVersionUID = 1L;

    NotYetKnown() {
      super("who is asking is not known yet", null, false, false);
    }
  }

  /** Where the context stands; null without Spring Security. */
  public static @Nullable Object key() {
    return IS_PRESENT ? Keys.CONTEXT : null;
  }

  /**
   * Asks for something with the reactive security context on this thread.
   *
   * @param held what stands at {@link #key}, or null
   * @throws NotYetKnown if the context is still being loaded
   */
  public static @Nullable Object with(@Nullable Object held, Supplier<@Nullable Object> asked)
      throws NotYetKnown {
    return IS_PRESENT && held instanceof Mono<?> context ? Keys.with(context, asked) : asked.get();
  }

  /**
   * Asks for something with the reactive security context on the thread that it is known on.
   *
   * @param context a reactive context
   * @return empty if no user stands in the context: what is on the caller's thread counts then
   */
  public static <T> Mono<T> later(ContextView context, Supplier<T> asked) {
    return IS_PRESENT && context.hasKey(Keys.CONTEXT) ? Keys.later(context, asked) : Mono.empty();
  }

  /** The context with its security watched: a load that reads it has read who is asking. */
  public static Context watched(Context context, Loading loading) {
    return IS_PRESENT && context.hasKey(Keys.CONTEXT) ? Keys.watched(context, loading) : context;
  }

  /** Apart, so that an application without Spring Security never loads its classes. */
  private static final class Keys {

    static final Object CONTEXT = SecurityContext.class;

    static @Nullable Object with(Mono<?> held, Supplier<@Nullable Object> asked)
        throws NotYetKnown {
      CompletableFuture<?> context = held.toFuture();
      if (!context.isDone()) {
        context.cancel(false);
        throw new NotYetKnown();
      }
      if (!(context.join() instanceof SecurityContext known)) {
        return asked.get();
      }
      return on(known, asked);
    }

    static <T> Mono<T> later(ContextView context, Supplier<T> asked) {
      Mono<SecurityContext> held = context.get(CONTEXT);
      return held.map(known -> on(known, asked));
    }

    static <T extends @Nullable Object> T on(SecurityContext known, Supplier<T> asked) {
      SecurityContext before = SecurityContextHolder.getContext();
      SecurityContextHolder.setContext(known);
      try {
        return asked.get();
      } finally {
        SecurityContextHolder.setContext(before);
      }
    }

    static Context watched(Context context, Loading loading) {
      Mono<?> held = context.get(CONTEXT);
      return context.put(
          CONTEXT,
          held.doOnSubscribe(read -> Bound.in(loading, () -> {
            Loading.readIdentity("security context", CacheScope.USER);
            return true;
          })));
    }
  }
}
