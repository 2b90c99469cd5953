package dev.larder.spring.cache;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls asynchronous methods where they may do as they like. A lookup below L1 ends on a thread of the
 * store's driver; what blocks there, if only for a moment, keeps the driver from its answers.
 */
final class Handover {

  private Handover() {}

  /** Calls here if this is still the caller's thread, else in the common pool. */
  static <T extends @Nullable Object> CompletableFuture<T> call(
      Thread caller, Supplier<CompletableFuture<T>> method) {
    return Thread.currentThread().equals(caller)
        ? method.get()
        : CompletableFuture.completedFuture(method).thenComposeAsync(Supplier::get);
  }
}
