package dev.larder.internal.manage;

import dev.larder.internal.manage.AppliedChanges.Applied;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.NodeView;
import dev.larder.manage.Verification;
import dev.larder.manage.Verification.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the tiers and every node again after invalidations: about some of what this node invalidated,
 * after a second, ten seconds and a minute, and about the newest changes when an operator wants it.
 */
final class FreshnessWatch implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.manage");

  /**
   * A change is asked for once for each delay, since a round looks back from the delay for as long as
   * rounds are apart.
   */
  private static final long ROUND_SECONDS = 9;

  private static final List<Integer> DELAY_SECONDS = List.of(1, 10, 60);

  /** A record's way from one log to the other, and then the time that L1 is served unasked. */
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);

  /** Most changes that a round asks for again, for each delay. */
  private static final int WATCHED = 100;

  private final LocalView local;
  private final StoreInspection stores;
  private final BiFunction<Ask, List<String>, List<Answer>> everyone;
  private final Supplier<List<NodeView>> nodes;
  private @Nullable ScheduledFuture<?> rounds;

  /**
   * @param everyone puts a question to all nodes and adds those that gave no answer
   */
  FreshnessWatch(
      LocalView local,
      StoreInspection stores,
      BiFunction<Ask, List<String>, List<Answer>> everyone,
      Supplier<List<NodeView>> nodes) {
    this.local = local;
    this.stores = stores;
    this.everyone = everyone;
    this.nodes = nodes;
  }

  void start(ScheduledExecutorService scheduler, Executor executor) {
    rounds = scheduler.scheduleWithFixedDelay(
        () -> {
          try {
            executor.execute(this::round);
          } catch (RuntimeException busy) {
            logger.debug("no room to check what was invalidated; the next time comes", busy);
          }
        },
        ROUND_SECONDS,
        ROUND_SECONDS,
        TimeUnit.SECONDS);
  }

  private void round() {
    Verifier verifier = new Verifier(local, stores);
    List<Applied> own = new ArrayList<>();
    for (int delay : DELAY_SECONDS) {
      own.addAll(verifier.ownOf(
          TimeUnit.SECONDS.toNanos(delay),
          TimeUnit.SECONDS.toNanos(delay + ROUND_SECONDS),
          WATCHED));
    }
    if (!own.isEmpty()) {
      try {
        // Each counts and tells of what it finds.
        for (Ask ask : verifier.asks(own, "")) {
          var unused = everyone.apply(ask, new ArrayList<>());
        }
        verifier.stores(own, own.size());
      } catch (RuntimeException failure) {
        logger.debug("what was invalidated could not be checked again", failure);
      }
    }
  }

  /**
   * Waits until the youngest change could have reached everybody, and L1 that does not know of it
   * should be served no more. Only an operator's own connection does: it has just read the log.
   */
  private void settle(List<Applied> newest) {
    if (!local.caches().isEmpty() || newest.isEmpty()) {
      return;
    }
    long youngest = newest.stream().mapToLong(Applied::atNanos).max().orElseThrow();
    long left = SETTLED_NANOS - (local.time().nanos() - youngest);
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }

  /** Asks about the newest changes that are remembered. */
  Verification verify(int sample) {
    Verifier verifier = new Verifier(local, stores);
    List<Applied> newest = verifier.newest(sample);
    settle(newest);
    Set<String> silent = new HashSet<>();
    // By place and key: a copy that two questions found is one.
    Map<String, Finding> stale = new LinkedHashMap<>();
    long sampled = 0;
    for (Ask ask : verifier.asks(newest, Verifier.WITH_HITS)) {
      List<String> gaveNoAnswer = new ArrayList<>();
      for (Answer answer : everyone.apply(ask, gaveNoAnswer)) {
        sampled += answer.sampled();
        answer.findings().forEach(it -> stale.put(it.where() + ' ' + it.slot(), it));
      }
      silent.addAll(gaveNoAnswer);
    }
    List<Finding> findings = new ArrayList<>(stale.values());
    Verifier.Stores below = verifier.stores(newest, sample);
    findings.addAll(below.findings());
    List<FreshnessCount> counts =
        nodes.get().stream().flatMap(node -> node.freshness().stream()).toList();
    return new Verification(
        newest.size(),
        sampled + below.sampled(),
        below.keys(),
        findings.size(),
        below.unreachable() + silent.size() + stores.down(),
        findings,
        FreshnessCount.sum(counts));
  }

  @Override
  public void close() {
    ScheduledFuture<?> timer = rounds;
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
