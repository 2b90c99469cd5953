package dev.larder.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waiting for stages without wrapping what they fail with. */
final class Futures {

  private Futures() {}

  /** Waits for a stage; its failure is thrown as it is, checked or not. Interrupts are kept. */
  static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException interrupted) {
          // Stages end by their own time-outs; a half-done fill must not be left behind.
          isInterrupted = true;
        } catch (ExecutionException failure) {
          throw sneak(unwrap(failure));
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The failure itself, without the wrappings of stages. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Throws anything as if it were unchecked: loaders declare it, and Larder does not wrap it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> RuntimeException sneak(Throwable failure) throws X {
    throw (X) failure;
  }
}
