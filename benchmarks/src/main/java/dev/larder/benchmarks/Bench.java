package dev.larder.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs the measurements: {@code jmh [PATTERN] [--full]}, {@code stampede}, {@code tags}, {@code
 * propagation}, {@code entry-size}. Each prints ratios against the bare engine in the same run, with
 * the goal beside.
 */
public final class Bench {

  private Bench() {}

  /** Entry point; exits with 2 on a word it does not know. */
  public static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    switch (words.isEmpty() ? "help" : words.get(0)) {
      case "jmh" -> Jmh.run(words.subList(1, words.size()));
      case "stampede" -> Stampede.run(words.subList(1, words.size()));
      case "tags" -> TagInvalidation.run(words.subList(1, words.size()));
      case "propagation" -> Propagation.run(words.subList(1, words.size()));
      case "entry-size" -> EntrySize.run();
      case "help", "--help", "-h" -> System.out.println(usage());
      default -> {
        System.err.println("Unknown measurement '" + words.get(0) + "'.\n" + usage());
        System.exit(2);
      }
    }
  }

  private static String usage() {
    return """
        Usage: java -jar benchmarks/target/benchmarks.jar MEASUREMENT
          jmh [PATTERN] [--full]   hits, loads and bulk reads beside bare Caffeine and bare Lettuce
          stampede                 200 threads in each of 3 processes ask for one cold key
          tags [MAX]               time to invalidate a tag with 1 to MAX entries (1000000)
          propagation [COUNT]      from an invalidation to another process's L1 (2000)
          entry-size               bytes stored over the encoded value""";
  }

  /** A line of a table: what, reached, goal. */
  static void row(String what, String reached, String goal) {
    System.out.println(String.format(Locale.ROOT, "%-44s %-34s %s", what, reached, goal));
  }

  /** A percentile of sorted values. */
  static double percentile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }
}
