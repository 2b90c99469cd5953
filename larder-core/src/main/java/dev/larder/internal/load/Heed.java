package dev.larder.internal.load;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether any thread of this process has something that a read must heed: a load that captures what it
 * reads, or a unit of work. A hit then costs one volatile read where nobody has.
 */
public final class Heed {

  private static final AtomicInteger OPEN = new AtomicInteger();

  private Heed() {}

  /** Whether a thread, this one or another, has something. */
  public static boolean isAny() {
    return OPEN.get() != 0;
  }

  /** Something begins. */
  public static void enter() {
    OPEN.incrementAndGet();
  }

  /** It ends. */
  public static void leave() {
    OPEN.decrementAndGet();
  }
}
