package dev.larder.internal.advise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Copies the events of keys that are still followed. */
final class TraceCopy {

  private final Events events;
  private final FollowedKeys followed;

  TraceCopy(Events events, FollowedKeys followed) {
    this.events = events;
    this.followed = followed;
  }

  Trace copy(
      double share, int pause, int now, Totals totals, Function<Object, Boolean> isVolatile) {
    long first = events.firstCounted();
    int most = (int) Math.max(0, events.count() - first);
    int[] key = new int[most];
    byte[] what = new byte[most];
    int[] at = new int[most];
    int[] until = new int[most];
    int[] amount = new int[most];
    Map<Followed, Integer> numbers = new HashMap<>();
    int size = 0;
    for (long number = first; number < events.count(); number++) {
      Followed who = events.who(number);
      if (who == null || followed.known(who.key) != who) {
        continue;
      }
      Integer known = numbers.putIfAbsent(who, numbers.size());
      key[size] = known == null ? numbers.size() - 1 : known;
      what[size] = events.what(number);
      at[size] = events.at(number);
      until[size] = events.until(number);
      amount[size] = events.amount(number);
      size++;
    }
    int from = most == 0 ? now : events.at(first);
    boolean[] isNew = new boolean[numbers.size()];
    boolean[] isOnce = new boolean[numbers.size()];
    int[] loadedBefore = new int[numbers.size()];
    int[] readBefore = new int[numbers.size()];
    numbers.forEach((who, number) -> {
      isNew[number] = who.since >= from;
      isOnce[number] = isVolatile.apply(who.key);
      loadedBefore[number] = who.loadedBefore;
      readBefore[number] = who.readBefore;
    });
    long[] end = Events.counts(totals);
    long[] start = most == 0 ? end : events.countedAt(first);
    // A lookup is counted before it comes here.
    int own = most == 0 ? Events.LOADED : events.what(first) & Events.KIND;
    long before = own <= Events.ENDED ? 1 : 0;
    return new Trace(
        share,
        pause,
        from,
        Math.max(now, from),
        end[0] - start[0] + before,
        end[1] - start[1] + (own <= Events.BELOW ? 1 : 0),
        end[2] - start[2] + (own == Events.L1 ? 1 : 0),
        numbers.size(),
        Arrays.copyOf(key, size),
        Arrays.copyOf(what, size),
        Arrays.copyOf(at, size),
        Arrays.copyOf(until, size),
        Arrays.copyOf(amount, size),
        loadedBefore,
        readBefore,
        isNew,
        isOnce);
  }
}
