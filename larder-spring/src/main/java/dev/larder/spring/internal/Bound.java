package dev.larder.spring.internal;

import dev.larder.Loading;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs things inside of a load that began elsewhere. */
public final class Bound {

  private Bound() {}

  /** Calls inside of the load; just calls where there is none. */
  public static <T> T in(@Nullable Loading loading, Supplier<T> call) {
    if (loading == null) {
      return call.get();
    }
    Loading.Binding binding = loading.bind();
    try {
      return call.get();
    } finally {
      binding.close();
    }
  }

  /** The same, subscribed to inside of the load. */
  public static <T> Mono<T> mono(Mono<T> mono, @Nullable Loading loading) {
    return loading == null
        ? mono
        : Mono.from(subscriber -> in(loading, () -> {
          mono.subscribe(subscriber);
          return true;
        }));
  }
}
