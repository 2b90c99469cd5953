package dev.larder.spring.cache;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.CacheOperationInvoker;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Loads of reactive methods. Apart, so that nothing asks for Reactor where there is none. */
final class ReactiveLoad {

  private ReactiveLoad() {}

  /**
   * A publisher of the method's type that loads when it is subscribed to, with the subscriber's
   * context. Many values are one entry, a list.
   *
   * @param caller the thread that called the method, on which it may go on
   */
  static Object of(
      ReactiveAdapter adapter,
      CacheOperationInvoker call,
      Thread caller,
      Function<Supplier<CompletableFuture<@Nullable Object>>, CompletableFuture<@Nullable Object>>
          load) {
    Mono<Object> loading = Mono.deferContextual(context ->
        Mono.fromFuture(load.apply(() -> Handover.call(caller, () -> {
          Mono<?> value = adapter.isMultiValue()
              ? Flux.from(adapter.toPublisher(call.invoke())).collectList()
              : Mono.from(adapter.toPublisher(call.invoke()));
          return value.<Object>map(Function.identity()).contextWrite(context).toFuture();
        }))));
    return adapter.fromPublisher(
        adapter.isMultiValue()
            ? loading.flatMapMany(list -> Flux.fromIterable((Iterable<?>) list))
            : loading);
  }
}
