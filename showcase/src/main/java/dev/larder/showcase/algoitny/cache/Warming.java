package dev.larder.showcase.algoitny.cache;

import static dev.larder.showcase.algoitny.cache.WarmPlans.PROBLEMS;
import static dev.larder.showcase.algoitny.cache.WarmPlans.STATS;
import static dev.larder.showcase.algoitny.cache.WarmPlans.STATS_OF;

import dev.larder.Larder;
import dev.larder.manage.WarmUp;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.warm.WarmRun;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Warming by hand; {@link WarmPlans} says what is warmed by itself. */
@Component
public final class Warming {
  private static final int MOST_GIVEN = 1_000;

  private final Larder larder;

  Warming(Larder larder) {
    this.larder = larder;
  }

  /**
   * Warms now, and returns when it is done.
   *
   * @param plan {@code problems} or {@code stats}
   * @param users whose statistics, at most 1,000; those active in the last 7 days if none are given
   * @return how many entries were loaded
   * @throws Refused if the plan is none, there are too many users, or another node is at it
   */
  public long byHand(@Nullable String plan, @Nullable List<Integer> users) {
    List<Integer> given = Objects.requireNonNullElse(users, List.of());
    Checks checks = new Checks();
    checks.number("users", given.size(), 0, MOST_GIVEN);
    if (!PROBLEMS.equals(plan) && !STATS.equals(plan)) {
      checks.fault("plan", plan, PROBLEMS + " or " + STATS);
    }
    checks.done();
    if (PROBLEMS.equals(plan)) {
      return loaded(larder.warming().start(PROBLEMS));
    }
    if (given.isEmpty()) {
      return loaded(larder.warming().start(STATS));
    }
    List<WarmRun> runs =
        given.stream().map(user -> larder.warming().run(STATS_OF, user)).toList();
    return runs.stream().mapToLong(Warming::loaded).sum();
  }

  private static long loaded(WarmRun run) {
    WarmRun.Turn turn = run.turn().toCompletableFuture().join();
    return switch (turn) {
      case HERE -> {
        WarmUp ended = run.ended().toCompletableFuture().join();
        yield ended.done();
      }
      case ELSEWHERE ->
        throw Refused.because(Refused.Reason.CONFLICT, "Another node is warming at the moment.");
      case DONE_LATELY, UNREACHABLE, REFUSED ->
        throw Refused.because(
            Refused.Reason.CONFLICT,
            "It can't be told whether another node is warming at the moment. Try again later.");
    };
  }

  /** The plans that run by themselves, and how the last run of each went on any node. */
  public List<WarmUp> plans() {
    return larder.management().warmUps().stream()
        .filter(it -> it.name().equals(PROBLEMS) || it.name().equals(STATS))
        .toList();
  }
}
