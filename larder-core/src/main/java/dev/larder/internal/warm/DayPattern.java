package dev.larder.internal.warm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is asked for most in each hour of the day, of the last day that had the hour. At most 64 keys are
 * counted for an hour; when there are more, those seen least give way. Not safe for many threads.
 */
final class DayPattern<K> {

  private static final int KEPT = 64;
  private static final int GIVEN = 32;
  private static final int HOURS = 24;

  private static final class Hour<K> {
    private final Map<K, Integer> counts = new HashMap<>();
    private long number = -1;
  }

  private final List<Hour<K>> hours = new ArrayList<>();

  DayPattern() {
    for (int i = 0; i < HOURS; i++) {
      hours.add(new Hour<>());
    }
  }

  private static long number(long millis) {
    return TimeUnit.MILLISECONDS.toHours(millis);
  }

  void note(K key, long millis) {
    long number = number(millis);
    Hour<K> hour = hours.get((int) (number % HOURS));
    if (hour.number != number) {
      hour.number = number;
      hour.counts.clear();
    }
    if (hour.counts.size() >= KEPT && !hour.counts.containsKey(key)) {
      // As in a lossy count: all lose one, and those that have none left go.
      hour.counts.replaceAll((any, count) -> count - 1);
      hour.counts.values().removeIf(count -> count <= 0);
      return;
    }
    hour.counts.merge(key, 1, Integer::sum);
  }

  /** What was asked for more than once in the hour after this one, a day ago; most first. */
  List<K> nextHour(long millis) {
    long next = number(millis) + 1;
    Hour<K> hour = hours.get((int) (next % HOURS));
    if (hour.number != next - HOURS) {
      return List.of();
    }
    return hour.counts.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .sorted(Map.Entry.<K, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(GIVEN)
        .map(Map.Entry::getKey)
        .toList();
  }
}
