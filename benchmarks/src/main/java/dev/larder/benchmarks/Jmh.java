package dev.larder.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH classes and prints each figure as a ratio to its baseline. */
final class Jmh {

  private record Pair(String what, String bare, String larder, String goal) {}

  private static final List<Pair> PAIRS = List.of(
      new Pair("L1 hit, get(key, loader)", "L1HitBenchmark.bare", "larderGet", "at most 1.5, 0 B"),
      new Pair("L1 hit, get(key)", "L1HitBenchmark.bare", "larderLookup", "at most 1.5, 0 B"),
      new Pair("L2 hit", "L2Benchmark.bareHit", "larderHit", "at most 1.15"),
      new Pair("100 keys from L2", "L2Benchmark.bareHundred", "larderHundred", "at most 1.3"),
      new Pair("miss, load, fill", "L2Benchmark.bareLoad", "larderLoad", "no goal"));

  private Jmh() {}

  static void run(List<String> words) throws RunnerException {
    boolean full = words.contains("--full");
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("dev.larder.benchmarks." + pattern(words))
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
        .forks(full ? 3 : 1)
        .warmupIterations(full ? 5 : 3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(full ? 10 : 5)
        .measurementTime(TimeValue.seconds(1));
    Collection<RunResult> results = new Runner(options.build()).run();
    Map<String, RunResult> byName = new HashMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      byName.put(name.substring("dev.larder.benchmarks.".length()), result);
    }
    System.out.println();
    Bench.row("what", "Larder / bare", "goal");
    for (Pair pair : PAIRS) {
      RunResult bare = byName.get(pair.bare());
      String owner = pair.bare().substring(0, pair.bare().indexOf('.') + 1);
      RunResult larder = byName.get(owner + pair.larder());
      if (bare != null && larder != null) {
        double ratio =
            larder.getPrimaryResult().getScore() / bare.getPrimaryResult().getScore();
        Bench.row(
            pair.what(),
            String.format(
                Locale.ROOT,
                "%.2f (%.1f / %.1f %s), %.0f B",
                ratio,
                larder.getPrimaryResult().getScore(),
                bare.getPrimaryResult().getScore(),
                bare.getPrimaryResult().getScoreUnit(),
                allocated(larder)),
            pair.goal());
      }
    }
  }

  @SuppressWarnings("rawtypes") // JMH's own signature
  private static double allocated(RunResult result) {
    for (var each : result.getSecondaryResults().entrySet()) {
      if (each.getKey().endsWith("gc.alloc.rate.norm")) {
        return each.getValue().getScore();
      }
    }
    return Double.NaN;
  }

  private static String pattern(List<String> words) {
    return words.stream().filter(word -> !word.startsWith("--")).findFirst().orElse(".*Benchmark")
        + ".*";
  }
}
