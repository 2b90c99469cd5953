package dev.larder;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every load, for traces: hits never meet it. It must call the body exactly once, on the
 * thread that it is called on, and give or throw what the body does. Safe for many threads.
 */
public interface LoadObserver {

  /**
   * A load that blocks.
   *
   * @param <T> what is loaded
   * @param <X> what loading may throw
   */
  interface Body<T, X extends Exception> {
    /** Loads. */
    @Nullable T load() throws X;
  }

  /** Nobody looks. */
  LoadObserver NONE = new LoadObserver() {
    @Override
    public <T, X extends Exception> @Nullable T observe(String cache, int keys, Body<T, X> body)
        throws X {
      return body.load();
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> observeLater(
        String cache, int keys, Supplier<CompletionStage<T>> body) {
      return body.get();
    }
  };

  /**
   * Runs a load that blocks.
   *
   * @param cache name of the cache
   * @param keys how many keys it is for
   */
  <T, X extends Exception> @Nullable T observe(String cache, int keys, Body<T, X> body) throws X;

  /**
   * Begins a load that ends later, perhaps on another thread.
   *
   * @param cache name of the cache
   * @param keys how many keys it is for
   */
  <T extends @Nullable Object> CompletionStage<T> observeLater(
      String cache, int keys, Supplier<CompletionStage<T>> body);
}
