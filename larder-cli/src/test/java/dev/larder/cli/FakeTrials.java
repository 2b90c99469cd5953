package dev.larder.cli;

import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Outcome;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.Arm;
import dev.larder.manage.Trial.State;
import dev.larder.manage.Trial.Verdict;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.util.List;

/** Trials of which one runs, and that note what they were told to do. */
final class FakeTrials implements Trials {

  private static final String SENTENCE =
      "album: ttl 5 min → 1 min: fewer hits, hit rate 90.4 → 71.2 %,"
          + " −19.2 points (95 %: −22.1 to −16.3)";

  private final List<String> orders;
  List<Trial> all = List.of(trial(State.COUNTING, List.of()));

  FakeTrials(List<String> orders) {
    this.orders = orders;
  }

  static Trial trial(State state, List<String> notes) {
    long now = FakeManagement.NOW;
    return new Trial(
        "album",
        "5eed",
        "ann",
        now,
        now + 300_000,
        now + 3_600_000,
        state,
        2,
        notes,
        List.of(
            new Arm(
                "control",
                300_000,
                90,
                12_345,
                11_160,
                0.904,
                1_185,
                3,
                4_000_000_000L,
                121_000,
                250_000,
                800,
                0,
                0,
                0,
                Verdict.CONTROL,
                ""),
            new Arm(
                "A",
                60_000,
                10,
                1_371,
                976,
                0.712,
                395,
                0,
                900_000_000L,
                -1,
                -1,
                -1,
                -0.192,
                -0.221,
                -0.163,
                Verdict.FEWER_HITS,
                SENTENCE)));
  }

  @Override
  public List<Trial> all() {
    return all;
  }

  @Override
  public Trial preview(TrialPlan plan) {
    if (plan.share() > TrialPlan.MOST_SHARE) {
      throw new ManagementException(Reason.WRONG_QUESTION, "share: " + plan.share() + " % is not");
    }
    return trial(State.PROPOSED, List.of("A value may be served for longer."));
  }

  @Override
  public Outcome start(TrialPlan plan, String who) {
    return done("trial " + plan.cache() + " " + plan.ttlMillis() + " " + plan.share() + " "
        + plan.lengthMillis());
  }

  @Override
  public Outcome end(String cache, String who) {
    return done("end " + cache);
  }

  private Outcome done(String order) {
    orders.add(order);
    return new Outcome(order + " done", "", false);
  }
}
