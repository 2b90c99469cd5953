package dev.larder.internal.manage;

import dev.larder.internal.advise.Words;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialResult;
import dev.larder.internal.trial.TrialTally;
import dev.larder.log.Change;
import dev.larder.manage.Event;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.NodeView;
import dev.larder.manage.Outcome;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.State;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trials of ttls from one node: orders go over the {@link Bulletin}, and so do counts. Blocks. */
final class LocalTrials implements Trials {

  private static final Logger audit = LoggerFactory.getLogger("dev.larder.audit");

  private static final long LONGEST_TTL = Duration.ofDays(366).toMillis();
  private static final long USUAL_LENGTH = Duration.ofHours(1).toMillis();
  private static final long LONGEST = Duration.ofDays(30).toMillis();

  private final LocalManagement management;
  private final LocalView local;
  private final TrialDuty duty;
  private final @Nullable Bulletin bulletin;

  LocalTrials(
      LocalManagement management, LocalView local, TrialDuty duty, @Nullable Bulletin bulletin) {
    this.management = management;
    this.local = local;
    this.duty = duty;
    this.bulletin = bulletin;
  }

  // ---- reading

  @Override
  public List<Trial> all() {
    List<Trial> all = new ArrayList<>();
    for (TrialOrder order : orders().values()) {
      List<String> notes = new ArrayList<>();
      List<TrialTally> tallies = tallies(order, notes);
      all.add(TrialResult.of(order, tallies, local.storeMillis(), notes));
    }
    return all;
  }

  /** By name of the cache. Where no board answers, what this node follows is what there is to say. */
  private Map<String, TrialOrder> orders() {
    if (bulletin != null) {
      try {
        return new TreeMap<>(Bulletin.byCache(bulletin.trials(bulletin.orders().join())));
      } catch (CompletionException silent) {
        // Said by the notes on each of them.
      }
    }
    return new TreeMap<>(duty.orders());
  }

  private List<TrialTally> tallies(TrialOrder order, List<String> notes) {
    Map<String, TrialTally> all = new TreeMap<>();
    if (bulletin != null) {
      try {
        bulletin.tallies(order).join().forEach(tally -> all.put(tally.node(), tally));
      } catch (CompletionException silent) {
        notes.add("No store answers, so this is what node " + local.node() + " alone has counted.");
      }
    }
    TrialTally own = duty.tally(order);
    if (own != null) {
      all.put(own.node(), own);
    }
    all.values().removeIf(tally -> tally.arms().size() != order.arms());
    return new ArrayList<>(all.values());
  }

  // ---- planning

  @Override
  public Trial preview(TrialPlan plan) {
    Policy policy = policy(plan.cache());
    TrialOrder order = order(plan, policy, "", "0");
    Trial trial = TrialResult.of(order, List.of(), order.startedMillis(), notes(order));
    return new Trial(
        trial.cache(),
        "",
        "",
        trial.startedMillis(),
        trial.countsFromMillis(),
        trial.untilMillis(),
        State.PROPOSED,
        0,
        trial.notes(),
        trial.arms());
  }

  /** What nodes tell of a cache. */
  private record Policy(long ttlMillis, long idleMillis) {}

  private Policy policy(String cache) {
    List<NodeView> nodes = management.overview().nodes();
    Set<Long> ttls = new HashSet<>();
    Set<String> known = new LinkedHashSet<>();
    long idle = 0;
    for (NodeView node : nodes) {
      for (NodeView.CacheView view : node.caches()) {
        known.add(view.stats().cache());
        if (!view.stats().cache().equals(cache)) {
          continue;
        }
        Map<String, String> policy = view.policy();
        refuseIf(
            Boolean.parseBoolean(policy.get("protected")),
            cache + ": it is protected, so no trial may end its entries early or keep them longer");
        refuseIf(
            policy.containsKey("ttl-from"),
            cache
                + ": its values have ttls of their own (ttlFrom), so another ttl of the policy would"
                + " change nothing");
        ttls.add(Duration.parse(policy.getOrDefault("ttl", "PT0S")).toMillis());
        idle = Math.max(
            idle, Duration.parse(policy.getOrDefault("idle-time", "PT0S")).toMillis());
      }
    }
    if (known.isEmpty()) {
      throw new ManagementException(
          Reason.UNREACHABLE, "trial: no node shows itself that could take part in one");
    }
    if (ttls.isEmpty()) {
      throw new ManagementException(
          Reason.NOT_FOUND,
          "cache: no cache '" + cache + "'; there are " + String.join(", ", known));
    }
    refuseIf(
        ttls.size() > 1,
        cache + ": nodes have different ttls for it, "
            + ttls.stream().sorted().map(Words::time).toList()
            + ", so there is none to compare with");
    return new Policy(ttls.iterator().next(), idle);
  }

  private TrialOrder order(TrialPlan plan, Policy policy, String who, String id) {
    List<Long> ttls = plan.ttlMillis();
    require(
        !ttls.isEmpty() && ttls.size() <= TrialPlan.MOST_TTLS,
        "ttl: " + ttls.size() + " are not 1 to " + TrialPlan.MOST_TTLS);
    for (long ttl : ttls) {
      require(ttl >= 1 && ttl <= LONGEST_TTL, "ttl: " + ttl + " ms is not 1 ms to 366 days");
      require(
          ttl != policy.ttlMillis(),
          "ttl: " + Words.time(ttl) + " is the policy's, which all other" + " keys have anyway");
      require(
          ttl >= policy.idleMillis(),
          "ttl: " + Words.time(ttl) + " is shorter than the cache's idle time of "
              + Words.time(policy.idleMillis()) + ", which no policy may have either");
    }
    require(new HashSet<>(ttls).size() == ttls.size(), "ttl: one is named twice");
    require(
        plan.share() >= 1 && plan.share() <= TrialPlan.MOST_SHARE / ttls.size(),
        "share: " + plan.share() + " % for each of " + ttls.size() + " is not 1 to "
            + TrialPlan.MOST_SHARE / ttls.size() + " %; at least " + (100 - TrialPlan.MOST_SHARE)
            + " % keep the policy's ttl");
    long longest = ttls.stream().mapToLong(Long::longValue).reduce(policy.ttlMillis(), Math::max);
    long now = local.storeMillis();
    long countsFrom = now + longest;
    TrialOrder before = orders().get(plan.cache());
    if (before != null) {
      refuseIf(
          before.isRunning(now),
          plan.cache() + ": there is a trial by " + before.by() + ", which ends in "
              + Words.about(before.untilMillis() - now) + "; end it first");
      // What that one has kept for long is read as long.
      countsFrom = Math.max(countsFrom, before.endMillis() + before.longestMillis());
    }
    long length = plan.lengthMillis() == 0
        ? Math.max(USUAL_LENGTH, 4 * (countsFrom - now))
        : plan.lengthMillis();
    require(
        length >= 2 * (countsFrom - now) && length <= LONGEST,
        "for: " + Words.time(length) + " is not " + Words.time(2 * (countsFrom - now))
            + " to 30 d; the first " + Words.time(countsFrom - now)
            + " are not counted, since entries are read that were made before");
    return new TrialOrder(
        id,
        plan.cache(),
        policy.ttlMillis(),
        ttls,
        plan.share(),
        who,
        now,
        countsFrom,
        now + length,
        0,
        now);
  }

  private static List<String> notes(TrialOrder order) {
    List<String> notes = new ArrayList<>();
    long longest = order.longestMillis();
    if (longest > order.ttlMillis()) {
      notes.add("A value that changes without being invalidated may be served for up to "
          + Words.time(longest) + " on some keys, where the policy allows "
          + Words.time(order.ttlMillis()) + ".");
    }
    return notes;
  }

  private static void require(boolean isRight, String otherwise) {
    if (!isRight) {
      throw new ManagementException(Reason.WRONG_QUESTION, otherwise);
    }
  }

  private static void refuseIf(boolean isWrong, String why) {
    if (isWrong) {
      throw new ManagementException(Reason.REFUSED, "trial: " + why);
    }
  }

  // ---- acting

  @Override
  public Outcome start(TrialPlan plan, String who) {
    TrialOrder order =
        order(plan, policy(plan.cache()), who, Long.toHexString(Change.newNonce(false)));
    String ttls =
        String.join(", ", order.variantMillis().stream().map(Words::time).toList());
    carryOut(order, who, "trial of ttl " + ttls + ", " + order.share() + " % of the keys each");
    return new Outcome(
        "cache " + order.cache() + ": trial of ttl " + ttls + " beside "
            + Words.time(order.ttlMillis()) + "; it counts in "
            + Words.time(order.countsFromMillis() - order.startedMillis()) + " and ends in "
            + Words.time(order.untilMillis() - order.startedMillis()),
        "",
        false);
  }

  @Override
  public Outcome end(String cache, String who) {
    TrialOrder order = orders().get(cache);
    long now = local.storeMillis();
    if (order == null || !order.isRunning(now)) {
      throw new ManagementException(Reason.NOT_FOUND, "trial: cache '" + cache + "' has none now");
    }
    carryOut(order.ended(now), who, "end of the trial of ttls");
    return new Outcome(
        "cache " + cache + ": the trial has ended; entries that were made keep their ttl",
        "",
        false);
  }

  private void carryOut(TrialOrder order, String who, String what) {
    if (bulletin != null) {
      try {
        bulletin.order(order).join();
      } catch (CompletionException silent) {
        throw new ManagementException(
            Reason.UNREACHABLE, "trial: no store answers, so the other nodes would not hear of it");
      }
    }
    duty.follow(order);
    audit.info("{}: cache {}: {}", who, order.cache(), what);
    local
        .journal()
        .note(Event.Kind.ACTION, order.cache(), "cache " + order.cache(), who + ": " + what, 0, 1);
  }
}
