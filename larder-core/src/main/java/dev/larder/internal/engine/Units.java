package dev.larder.internal.engine;

import dev.larder.internal.load.Heed;
import org.jspecify.annotations.Nullable;

/** Which unit of work each thread is in. Safe for many threads. */
final class Units {

  // One of each larder: a unit of one says nothing to the caches of another.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Unit> current = new ThreadLocal<>();

  /** The unit of this thread, or null. Where no thread has one this costs one volatile read. */
  @Nullable Unit current() {
    return Heed.isAny() ? current.get() : null;
  }

  /** The unit of this thread if it has touched something, or null. */
  @Nullable Unit touched() {
    Unit unit = current();
    return unit != null && unit.isTouched() ? unit : null;
  }

  /** Binds a unit to this thread, over the one that is there. */
  void bind(Unit unit) {
    Heed.enter();
    unit.setBelow(current.get());
    current.set(unit);
  }

  /**
   * Takes a unit off this thread.
   *
   * @return whether it was bound here
   */
  boolean unbind(Unit unit) {
    Unit above = null;
    for (Unit at = current.get(); at != null; above = at, at = at.below()) {
      if (at == unit) {
        Heed.leave();
        Unit below = unit.below();
        if (above != null) {
          above.setBelow(below);
        } else if (below == null) {
          current.remove();
        } else {
          current.set(below);
        }
        unit.setBelow(null);
        return true;
      }
    }
    return false;
  }
}
