package dev.larder.internal.load;

/**
 * How many loads the current thread is in the middle of.
 *
 * <p>A thread inside a loader must not wait for another's flight: that one may wait for the flight
 * this thread owns.
 */
public final class Owned {

  private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

  private Owned() {}

  /** Enters a loader. */
  public static void enter() {
    DEPTH.get()[0]++;
  }

  /** Leaves it. */
  public static void leave() {
    DEPTH.get()[0]--;
  }

  /** Whether this thread runs a loader. */
  public static boolean isLoading() {
    return DEPTH.get()[0] > 0;
  }
}
