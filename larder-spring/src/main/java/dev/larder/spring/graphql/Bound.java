package dev.larder.spring.graphql;

import dev.larder.Loading;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs things inside of a load that began elsewhere. */
final class Bound {

  private Bound() {}

  static <T> T in(@Nullable Loading loading, Supplier<T> call) {
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
  static <T> Mono<T> mono(Mono<T> mono, @Nullable Loading loading) {
    return loading == null
        ? mono
        : Mono.from(subscriber -> in(loading, () -> {
          mono.subscribe(subscriber);
          return true;
        }));
  }
}
