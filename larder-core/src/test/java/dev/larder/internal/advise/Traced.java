package dev.larder.internal.advise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events of a trace made by hand, in order. */
final class Traced {
  private final List<int[]> events = new ArrayList<>();
  private int keys;

  Traced add(int key, int what, long at, long until, int amount) {
    events.add(new int[] {key, what, ticks(at), (int) Ticks.ofMillis(until), amount});
    keys = Math.max(keys, key + 1);
    return this;
  }

  /** A miss and its load. */
  Traced load(int key, long at, int bytes) {
    return add(key, Events.MISS, at, at, 1).add(key, Events.LOADED, at, 0, bytes);
  }

  Traced hit(int key, int tier, long at) {
    return add(key, tier, at, at, 1);
  }

  private static int ticks(long millis) {
    return (int) Ticks.ofMillis(millis);
  }

  Trace until(long end) {
    return until(end, true);
  }

  Trace until(long end, boolean isNew) {
    int size = events.size();
    int[] key = new int[size];
    byte[] what = new byte[size];
    int[] at = new int[size];
    int[] until = new int[size];
    int[] amount = new int[size];
    for (int i = 0; i < size; i++) {
      int[] event = events.get(i);
      key[i] = event[0];
      what[i] = (byte) event[1];
      at[i] = event[2];
      until[i] = event[3];
      amount[i] = event[4];
    }
    int[] never = new int[keys];
    Arrays.fill(never, Followed.NEVER);
    boolean[] all = new boolean[keys];
    Arrays.fill(all, isNew);
    return new Trace(
        1,
        ticks(100_000),
        0,
        ticks(end),
        0,
        0,
        0,
        keys,
        key,
        what,
        at,
        until,
        amount,
        never,
        never,
        all,
        new boolean[keys]);
  }
}
