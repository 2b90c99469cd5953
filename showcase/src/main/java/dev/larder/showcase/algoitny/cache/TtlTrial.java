package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.cache.ProblemCaches.ListKey;
import dev.larder.showcase.web.Checks;
import dev.larder.spring.CachePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Compares two times to live on the problem list: half of the keys live for the list's own time (arm A),
 * half for another (arm B). A key is of the same arm on every node and after every start, since its
 * parts alone decide. Without a trial all keys are of arm A.
 *
 * <p>The times are those of entries stored from now on; counts are of this process.
 */
@Component
public final class TtlTrial {
  private static final int LONGEST = 86_400;

  private final Duration usual;
  private volatile Run run;

  /**
   * What one arm did.
   *
   * @param hits answers that were there
   * @param misses answers that somebody had to wait for
   * @param loads readings of the source; fewer than misses where many waited for one
   * @param meanAgeMillis mean age of the hits: what the arm costs in freshness
   */
  public record Arm(
      String name,
      Duration ttl,
      long hits,
      long misses,
      long loads,
      double hitRate,
      long meanAgeMillis,
      long greatestAgeMillis) {}

  /**
   * What is known so far.
   *
   * @param since when counting began
   * @param isRunning whether there are two arms
   */
  public record Result(boolean isRunning, Instant since, List<Arm> arms) {}

  private record Run(Counts a, @Nullable Counts b, Instant since) {}

  private record Counts(
      Duration ttl,
      LongAdder hits,
      LongAdder misses,
      LongAdder loads,
      LongAdder ageMillis,
      LongAccumulator greatestAge) {
    static Counts of(Duration ttl) {
      return new Counts(
          ttl,
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAccumulator(Math::max, 0));
    }

    Arm arm(String name) {
      long hit = hits.sum();
      long missed = misses.sum();
      return new Arm(
          name,
          ttl,
          hit,
          missed,
          loads.sum(),
          hit + missed == 0 ? 0 : (double) hit / (hit + missed),
          hit == 0 ? 0 : ageMillis.sum() / hit,
          greatestAge.get());
    }
  }

  /**
   * A trial of {@code algoitny.trial-ttl} from the start, or none where that is zero.
   */
  TtlTrial(CachePolicies policies, @Value("${algoitny.trial-ttl:0s}") Duration other) {
    usual = policies.ttl("problem_list", policies.time("problem_list"));
    run = new Run(Counts.of(usual), other.isZero() ? null : Counts.of(other), Instant.now());
  }

  /**
   * Begins a trial against another time, or counts anew.
   *
   * @param seconds 1 to a day
   * @throws dev.larder.showcase.web.Refused if it is out of range
   */
  public void start(int seconds) {
    Checks checks = new Checks();
    checks.number("ttl", seconds, 1, LONGEST);
    checks.done();
    run = new Run(Counts.of(usual), Counts.of(Duration.ofSeconds(seconds)), Instant.now());
  }

  /** Ends the trial; entries stored before keep their time. */
  public void stop() {
    run = new Run(Counts.of(usual), null, Instant.now());
  }

  /** What is known so far. */
  public Result result() {
    Run now = run;
    Counts b = now.b();
    return new Result(
        b != null,
        now.since(),
        b == null ? List.of(now.a().arm("A")) : List.of(now.a().arm("A"), b.arm("B")));
  }

  Duration ttl(ListKey key) {
    return counts(key).ttl();
  }

  void loaded(ListKey key) {
    counts(key).loads().increment();
  }

  /** An answer made before it was asked for was there; any other was loaded meanwhile. */
  void answered(ListKey key, Instant made, Instant asked) {
    Counts counts = counts(key);
    if (made.isBefore(asked)) {
      long age = Duration.between(made, asked).toMillis();
      counts.hits().increment();
      counts.ageMillis().add(age);
      counts.greatestAge().accumulate(age);
    } else {
      counts.misses().increment();
    }
  }

  private Counts counts(ListKey key) {
    Run now = run;
    Counts b = now.b();
    return b != null && isOfB(key) ? b : now.a();
  }

  /** Text has the same hash in every process, a record need not. The multiplication mixes it. */
  static boolean isOfB(ListKey key) {
    int hash = (key.platform() + ' ' + key.search() + ' ' + key.page()).hashCode();
    return (hash * 0x9E3779B9) >>> 31 == 1;
  }
}
