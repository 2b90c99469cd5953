package dev.larder.console;

import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Outcome;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.Arm;
import dev.larder.manage.Trial.State;
import dev.larder.manage.Trial.Verdict;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Trials that run as they were told, with figures that a test sets. */
final class FakeTrials implements Trials {

  private final List<String> orders;
  private final Map<String, Trial> all = new TreeMap<>();
  final AtomicLong reads = new AtomicLong();

  FakeTrials(List<String> orders) {
    this.orders = orders;
  }

  private Trial trial(TrialPlan plan, State state, String by) {
    long now = System.currentTimeMillis();
    List<Arm> arms = new ArrayList<>();
    arms.add(arm("control", 300_000, 100 - plan.share() * plan.ttlMillis().size()));
    for (int i = 0; i < plan.ttlMillis().size(); i++) {
      arms.add(arm(Character.toString('A' + i), plan.ttlMillis().get(i), plan.share()));
    }
    List<String> notes = plan.ttlMillis().stream().anyMatch(ttl -> ttl > 300_000)
        ? List.of("A value that changes may be served for longer.")
        : List.of();
    long length = plan.lengthMillis() == 0 ? 3_600_000 : plan.lengthMillis();
    return new Trial(
        plan.cache(), "5eed", by, now, now + 300_000, now + length, state, 2, notes, arms);
  }

  private Arm arm(String name, long ttlMillis, int share) {
    long seen = reads.get() * share / 100;
    boolean isControl = name.equals("control");
    return new Arm(
        name,
        ttlMillis,
        share,
        seen,
        seen * 9 / 10,
        isControl ? 0.904 : 0.712,
        seen / 10,
        0,
        seen * 1_000_000,
        seen == 0 ? -1 : 121_000,
        seen == 0 ? -1 : 250_000,
        800,
        isControl ? 0 : -0.192,
        isControl || seen == 0 ? 0 : -0.221,
        isControl || seen == 0 ? 0 : -0.163,
        isControl ? Verdict.CONTROL : seen == 0 ? Verdict.TOO_FEW : Verdict.FEWER_HITS,
        isControl ? "" : seen == 0 ? "too few to tell" : "fewer hits, hit rate 90.4 → 71.2 %");
  }

  /** Lets a trial have come so far. */
  void count(TrialPlan plan, long counted) {
    reads.set(counted);
    all.put(plan.cache(), trial(plan, State.COUNTING, "ann"));
  }

  @Override
  public List<Trial> all() {
    return List.copyOf(all.values());
  }

  @Override
  public Trial preview(TrialPlan plan) {
    if (plan.ttlMillis().contains(300_000L)) {
      throw new ManagementException(Reason.WRONG_QUESTION, "ttl: 5 min is the policy's");
    }
    return trial(plan, State.PROPOSED, "");
  }

  @Override
  public Outcome start(TrialPlan plan, String who) {
    all.put(plan.cache(), trial(plan, State.WARMING_UP, who));
    return done(
        "trial " + plan.cache() + " " + plan.ttlMillis() + " " + plan.share() + " "
            + plan.lengthMillis(),
        who);
  }

  @Override
  public Outcome end(String cache, String who) {
    Trial ended = all.get(cache);
    if (ended == null) {
      throw new ManagementException(Reason.NOT_FOUND, "trial: cache '" + cache + "' has none now");
    }
    all.put(
        cache,
        new Trial(
            cache,
            ended.id(),
            ended.by(),
            ended.startedMillis(),
            ended.countsFromMillis(),
            System.currentTimeMillis(),
            State.ENDED,
            2,
            ended.notes(),
            ended.arms()));
    return done("end " + cache, who);
  }

  private Outcome done(String order, String who) {
    orders.add(order + " by " + who);
    return new Outcome(order + " done", "", false);
  }
}
