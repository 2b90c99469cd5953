package dev.larder.showcase.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What all writers found: whether reads right after a write show it. Safe for use by many threads. */
public final class Findings {
  private static final int MOST_EXAMPLES = 5;

  private final AtomicInteger checks = new AtomicInteger();
  private final AtomicInteger stale = new AtomicInteger();
  private final List<String> examples = new ArrayList<>();

  /**
   * Notes a read right after a write.
   *
   * @param shown whether it showed the write
   * @param what was looked at, for people
   */
  public void look(boolean shown, String what) {
    checks.incrementAndGet();
    if (!shown) {
      stale.incrementAndGet();
      synchronized (examples) {
        if (examples.size() < MOST_EXAMPLES) {
          examples.add(what);
        }
      }
    }
  }

  int checks() {
    return checks.get();
  }

  int stale() {
    return stale.get();
  }

  List<String> examples() {
    synchronized (examples) {
      return List.copyOf(examples);
    }
  }
}
