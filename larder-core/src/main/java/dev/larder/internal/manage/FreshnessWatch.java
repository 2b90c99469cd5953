package dev.larder.internal.manage;

import dev.larder.internal.manage.Journal.Applied;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.NodeView;
import dev.larder.manage.Verification;
import dev.larder.manage.Verification.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
        var unused = everyone.apply(ask(verifier, own), new ArrayList<>());
        verifier.stores(own, own.size());
      } catch (RuntimeException failure) {
        logger.debug("what was invalidated could not be checked again", failure);
      }
    }
  }

  private static Ask ask(Verifier verifier, List<Applied> changes) {
    return new Ask(LocalManagement.newId(), "", "verify", "", "", verifier.changes(changes));
  }

  /** Asks about the newest changes that are remembered. */
  Verification verify(int sample) {
    Verifier verifier = new Verifier(local, stores);
    List<Applied> newest = verifier.newest(sample);
    List<String> silent = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    long sampled = 0;
    for (Answer answer : everyone.apply(ask(verifier, newest), silent)) {
      sampled += answer.sampled();
      findings.addAll(answer.findings());
    }
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
