package dev.larder.internal.warm;

import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A run that was asked for.
 *
 * @param argument text of the argument; empty if it has none
 * @param keys the keys to load
 * @param total how many; asked for with the keys
 * @param anew whether what is there is loaded all the same
 * @param limits less than the plan declares, or as it does
 */
record Order<K>(
    Cause cause,
    String argument,
    Supplier<Stream<? extends K>> keys,
    Supplier<Long> total,
    boolean anew,
    WarmUp.Limits limits,
    CompletableFuture<Turn> found,
    CompletableFuture<WarmUp> end)
    implements WarmRun {

  /** Why it runs. */
  enum Cause {
    /** The plan runs at the start. */
    START,
    /** Its schedule says so. */
    SCHEDULE,
    /** Somebody asked. */
    ASKED,
    /** Somebody asked for an argument. */
    ARGUMENT;

    /** Whether it is tried again when another node is at it. */
    boolean isLasting() {
      return this == START || this == SCHEDULE;
    }
  }

  Order(
      Cause cause,
      String argument,
      Supplier<Stream<? extends K>> keys,
      Supplier<Long> total,
      boolean anew,
      WarmUp.Limits limits) {
    this(
        cause,
        argument,
        keys,
        total,
        anew,
        limits,
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }

  /** The same again. */
  Order<K> again() {
    return new Order<>(cause, argument, keys, total, anew, limits);
  }

  @Override
  public CompletionStage<Turn> turn() {
    return found.minimalCompletionStage();
  }

  @Override
  public CompletionStage<WarmUp> ended() {
    return end.minimalCompletionStage();
  }
}
