package dev.larder.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.TimeSource;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps markers alive as long as the entries under them (rule 7).
 *
 * <p>A node that starts later and has not read far enough back asks the markers of an entry; a missing
 * one is a miss. So fills see to it that the markers exist. What was held a while ago is remembered,
 * so that a fill costs an extra command only for tags that are new. The command is not waited for: if
 * it fails an entry is loaded again somewhere, no more.
 */
final class HeldMarkers {

  private final TimeSource time;
  private final Cache<String, Long> heldUntil =
      Caffeine.newBuilder().maximumSize(100_000).executor(Runnable::run).build();

  HeldMarkers(TimeSource time) {
    this.time = time;
  }

  void hold(GuardedStore store, int log, List<Target> targets, Duration life) {
    long now = time.millis();
    long until = now + life.toMillis();
    List<String> names = null;
    for (Target target : targets) {
      String name = target.marker();
      Long held = heldUntil.getIfPresent(log + name);
      if (held == null || held < until) {
        if (names == null) {
          names = new ArrayList<>();
        }
        names.add(name);
      }
    }
    if (names == null) {
      return;
    }
    // Twice the life, so that the next fills under the same tags find them held.
    Duration longer = life.multipliedBy(2);
    List<String> missing = names;
    var unused = store
        .call(() -> store.store().log().holdMarkers(missing, longer))
        .thenAccept(
            done -> missing.forEach(name -> heldUntil.put(log + name, now + longer.toMillis())));
  }
}
