package dev.larder.manage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What nodes advise, and what that rests on.
 *
 * @param advice what could be better, most useful first
 * @param samples what was seen of each cache, by name
 * @param silent nodes that gave no answer: what they have seen is not in it
 */
public record AdviceReport(List<Advice> advice, List<Sample> samples, List<String> silent) {

  /** Copies. */
  public AdviceReport {
    advice = List.copyOf(advice);
    samples = List.copyOf(samples);
    silent = List.copyOf(silent);
  }

  /**
   * What was seen of a cache.
   *
   * @param cache its name
   * @param lookups that were sampled
   * @param windowMillis how long ago the sample begins
   * @param lacking what it has too little of for all advice, in words; empty if it is enough
   */
  public record Sample(String cache, long lookups, long windowMillis, String lacking) {}

  /** This, of one cache alone; of all for an empty name. */
  public AdviceReport of(String cache) {
    return cache.isEmpty()
        ? this
        : new AdviceReport(
            advice.stream().filter(it -> it.cache().equals(cache)).toList(),
            samples.stream().filter(it -> it.cache().equals(cache)).toList(),
            silent);
  }

  /**
   * Why there is no advice, in sentences for people: what was sampled gives no reason for any, or too little
   * was sampled, and of what since when. Empty if there is advice.
   */
  public String whyNone() {
    if (!advice.isEmpty()) {
      return "";
    }
    String why = samples.isEmpty()
        ? "no node has told what was looked up"
        : samples.size() == 1 ? whyNot(samples.get(0)) : whyNot();
    return "Nothing to advise: " + why + "."
        + (silent.isEmpty()
            ? ""
            : " No answer came from " + String.join(", ", silent)
                + ": what was looked up there is not known.");
  }

  private static String whyNot(Sample sample) {
    return sample.lacking().isEmpty()
        ? String.format(
            Locale.ROOT,
            "%,d sampled lookups of %s give no reason for any",
            sample.lookups(),
            sample.cache())
        : "too little is known of " + sample.cache() + " (" + sample.lacking() + ")";
  }

  private String whyNot() {
    Map<String, List<String>> lacking = new LinkedHashMap<>();
    long enough = 0;
    long lookups = 0;
    for (Sample sample : samples) {
      if (sample.lacking().isEmpty()) {
        enough++;
        lookups += sample.lookups();
      } else {
        lacking.computeIfAbsent(sample.lacking(), it -> new ArrayList<>()).add(sample.cache());
      }
    }
    List<String> parts = new ArrayList<>();
    if (enough > 0) {
      parts.add(String.format(
          Locale.ROOT,
          "%,d sampled lookups of %d %s give no reason for any",
          lookups,
          enough,
          enough == 1 ? "cache" : "caches"));
    }
    if (!lacking.isEmpty()) {
      List<String> groups = new ArrayList<>();
      lacking.forEach((what, caches) -> groups.add(String.join(", ", caches) + " (" + what + ")"));
      parts.add("too little is known of " + String.join(", ", groups));
    }
    return String.join("; ", parts);
  }
}
