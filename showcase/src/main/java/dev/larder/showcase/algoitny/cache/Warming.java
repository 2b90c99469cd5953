package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.showcase.algoitny.source.ProblemReads;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  private static final String PROBLEMS = "problems";
  private static final String STATS = "stats";
  private static final int LATEST = 20;
  private static final int MOST_GIVEN = 1_000;
  private static final Duration ACTIVE = Duration.ofDays(7);

  private final ProblemCaches problems;
  private final AccountCaches accounts;
  private final ProblemReads problemReads;
  private final AccountReads accountReads;
  private final WarmTurns turns;
  private final WarmSettings settings;
  private final Clock clock;

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

  @Scheduled(
      fixedDelayString = "${algoitny.warm.problems:5m}",
      initialDelayString = "${algoitny.warm.first:1m}")
  void scheduledProblems() {
    run(PROBLEMS, settings.problems(), this::problemSteps);
  }

  @Scheduled(
      fixedDelayString = "${algoitny.warm.stats:10m}",
      initialDelayString = "${algoitny.warm.first:1m}")
  void scheduledStats() {
    run(STATS, settings.stats(), () -> statsSteps(List.of()));
  }

  /**
   * Warms now, and returns when it is done.
   *
   * @param plan {@code problems} or {@code stats}
   * @param users whose statistics, at most 1,000; those active in the last 7 days if none are given
   * @return how many entries were loaded
   * @throws Refused if the plan is none, there are too many users, or a node is at it
   */
  public int byHand(@Nullable String plan, @Nullable List<Integer> users) {
    List<Integer> given = Objects.requireNonNullElse(users, List.of());
    Checks checks = new Checks();
    checks.number("users", given.size(), 0, MOST_GIVEN);
    if (!PROBLEMS.equals(plan) && !STATS.equals(plan)) {
      checks.fault("plan", plan, PROBLEMS + " or " + STATS);
    }
    checks.done();
    Optional<Integer> loaded = PROBLEMS.equals(plan)
        ? run(PROBLEMS, Duration.ZERO, this::problemSteps)
        : run(STATS, Duration.ZERO, () -> statsSteps(given));
    return loaded.orElseThrow(() ->
        Refused.because(Refused.Reason.CONFLICT, "A node is warming " + plan + " at the moment."));
  }

  /** Lists the steps of a plan; asks the source which there are. */
  @FunctionalInterface
  private interface Steps {
    List<Runnable> list();
  }

  private Optional<Integer> run(String plan, Duration every, Steps steps) {
    if (!turns.take(plan, every)) {
      return Optional.empty();
    }
    int loaded = 0;
    try {
      Pace pace = Pace.perSecond(settings.rate());
      for (Runnable step : steps.list()) {
        if (!pace.next()) {
          return Optional.of(loaded);
        }
        try {
          step.run();
          loaded++;
        } catch (RuntimeException failure) {
          log.warn("warming {} goes on without one entry: {}", plan, failure.toString());
        }
      }
      return Optional.of(loaded);
    } finally {
      turns.end(plan, loaded);
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
