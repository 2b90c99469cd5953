package dev.larder.internal.engine;

import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The histograms of one cache. */
final class Histograms {

  private final Map<Measure, Histogram> all = new EnumMap<>(Measure.class);

  Histograms() {
    for (Measure measure : Measure.values()) {
      all.put(measure, new Histogram());
    }
  }

  void record(Measure measure, long value) {
    record(measure, value, 1);
  }

  void record(Measure measure, long value, long times) {
    Objects.requireNonNull(all.get(measure)).record(value, times);
  }

  List<Distribution> distributions(Set<Measure> measures) {
    List<Distribution> wanted = new ArrayList<>();
    all.forEach((measure, histogram) -> {
      if (measures.contains(measure)) {
        wanted.add(new Distribution(measure, histogram.buckets()));
      }
    });
    return wanted;
  }
}
