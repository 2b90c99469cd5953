package dev.larder.internal.manage;

import dev.larder.manage.FreshnessCount;
import dev.larder.manage.FreshnessCount.Check;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many copies were looked at again, and how many were stale. Safe for many threads. */
final class FreshnessCounts {

  private record Count(LongAdder sampled, LongAdder stale) {}

  private final Map<Check, Count> counts = new EnumMap<>(Check.class);

  FreshnessCounts() {
    for (Check check : Check.values()) {
      counts.put(check, new Count(new LongAdder(), new LongAdder()));
    }
  }

  private Count count(Check check) {
    return Objects.requireNonNull(counts.get(check));
  }

  void sampled(Check check, long copies) {
    count(check).sampled().add(copies);
  }

  void stale(Check check) {
    count(check).stale().increment();
  }

  List<FreshnessCount> all() {
    List<FreshnessCount> all = new ArrayList<>();
    counts.forEach((check, count) -> {
      // A stale copy is counted as sampled before: read in this order there are never more of them.
      long stale = count.stale().sum();
      all.add(new FreshnessCount(check, count.sampled().sum(), stale));
    });
    return all;
  }
}
