package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.showcase.algoitny.source.ProblemReads;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Loads what will be asked for before anybody does, and anew what is there. One node at a time does it,
 * by a turn in the database ({@link WarmTurns}), and no faster than a rate, so that the source has room
 * for visitors.
 */
@Component
public final class Warming {
  private static final Logger log = LoggerFactory.getLogger(Warming.class);
  private static final int LATEST = 20;
  private static final Duration ACTIVE = Duration.ofDays(7);

  private final ProblemCaches problems;
  private final AccountCaches accounts;
  private final ProblemReads problemReads;
  private final AccountReads accountReads;
  private final WarmTurns turns;
  private final WarmSettings settings;
  private final Clock clock;

  /** What can be warmed. */
  public enum Plan {
    /** Lists, the latest details, drafts, registered problems. */
    PROBLEMS,
    /** Statistics of active users. */
    STATS;

    /** The plan's name in requests and in the table of turns. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Warming(
      ProblemCaches problems,
      AccountCaches accounts,
      ProblemReads problemReads,
      AccountReads accountReads,
      WarmTurns turns,
      WarmSettings settings,
      Clock clock) {
    this.problems = problems;
    this.accounts = accounts;
    this.problemReads = problemReads;
    this.accountReads = accountReads;
    this.turns = turns;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${algoitny.warm.problems:5m}", initialDelayString = "${algoitny.warm.first:1m}")
  void scheduledProblems() {
    run(Plan.PROBLEMS, settings.problems(), this::problemSteps);
  }

  @Scheduled(fixedDelayString = "${algoitny.warm.stats:10m}", initialDelayString = "${algoitny.warm.first:1m}")
  void scheduledStats() {
    run(Plan.STATS, settings.stats(), () -> statsSteps(List.of()));
  }

  /**
   * Warms now.
   *
   * @param users whose statistics; those active in the last 7 days if none are given
   * @return how many entries were loaded; empty if a node is at it
   */
  public Optional<Integer> byHand(Plan plan, List<Integer> users) {
    return run(
        plan, Duration.ZERO, plan == Plan.PROBLEMS ? this::problemSteps : () -> statsSteps(users));
  }

  /** Lists the steps of a plan; asks the source which there are. */
  @FunctionalInterface
  private interface Steps {
    List<Runnable> list();
  }

  private Optional<Integer> run(Plan plan, Duration every, Steps steps) {
    if (!turns.take(plan.word(), every)) {
      return Optional.empty();
    }
    int loaded = 0;
    try {
      long next = System.nanoTime();
      for (Runnable step : steps.list()) {
        long wait;
        while ((wait = next - System.nanoTime()) > 0) {
          LockSupport.parkNanos(wait);
          if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            return Optional.of(loaded);
          }
        }
        next += 1_000_000_000L / settings.rate();
        try {
          step.run();
          loaded++;
        } catch (RuntimeException failure) {
          log.warn("warming {} goes on without one entry: {}", plan.word(), failure.toString());
        }
      }
      return Optional.of(loaded);
    } finally {
      turns.end(plan.word(), loaded);
    }
  }

  private List<Runnable> problemSteps() {
    List<Runnable> steps = new ArrayList<>();
    steps.add(() -> problems.warmPage(ProblemQuery.first(ProblemQuery.EVERY)));
    steps.add(problems::warmRegistered);
    Platforms.ALL.forEach(it -> steps.add(() -> problems.warmPage(ProblemQuery.first(it))));
    problemReads.latest(LATEST).forEach(id -> steps.add(() -> problems.warmDetail(id)));
    steps.add(problems::warmDrafts);
    return steps;
  }

  private List<Runnable> statsSteps(List<Integer> given) {
    List<Integer> users = given.isEmpty()
        ? accountReads.activeSince(clock.instant().minus(ACTIVE), settings.mostUsers())
        : given;
    return users.stream().<Runnable>map(user -> () -> accounts.warmStats(user)).toList();
  }
}
