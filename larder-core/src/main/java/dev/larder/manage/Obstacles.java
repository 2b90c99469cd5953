package dev.larder.manage;

import dev.larder.CacheTier;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.stats.TierStats;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Why orders for one key would be refused now, as far as can be seen without giving them: a preview that
 * promises what is then refused is worse than none. What no node tells of is not held against an order.
 *
 * @param refresh why it could not be loaded anew, in words that follow a colon; empty if it could
 * @param touch why it could not live on; empty if it could
 */
public record Obstacles(String refresh, String touch) {

  private static final Set<State> VALID = EnumSet.of(State.FRESH, State.STALE, State.ABSENCE);

  /** Those of a key. */
  public static Obstacles of(Explanation key, Overview overview) {
    List<CacheView> views = overview.nodes().stream()
        .flatMap(node -> node.caches().stream())
        .filter(view -> view.stats().cache().equals(key.cache()))
        .toList();
    return new Obstacles(toRefresh(key, views), toTouch(key, views));
  }

  /** Why no warm-up could run now, as the first shared tier tells the nodes whose turn it is; empty if one could. */
  public static String toWarm(Overview overview) {
    return overview.nodes().stream()
        .flatMap(node -> node.tiers().stream().limit(1))
        .filter(TierStats::isDegraded)
        .findFirst()
        .map(tier -> tier.tier() + " (" + tier.store()
            + "), which tells the nodes whose turn it is, does not answer")
        .orElse("");
  }

  private static String toRefresh(Explanation key, List<CacheView> views) {
    if (views.stream().anyMatch(view -> "none".equals(view.policy().get("loader")))) {
      return "its cache declares no loader, so it is loaded by whoever asks for it. Invalidate it"
          + " instead";
    }
    return near(key).isEmpty() ? notNear(key) + ", so none knows how to load it" : "";
  }

  private static String toTouch(Explanation key, List<CacheView> views) {
    List<Copy> near = near(key);
    if (near.isEmpty()) {
      return notNear(key);
    }
    if (!views.isEmpty() && views.stream().allMatch(view -> view.percent() == 0)) {
      return "its cache is switched off";
    }
    List<Copy> shared = shared(key, views);
    if (shared.isEmpty()) {
      return near.stream().anyMatch(Obstacles::isValid)
          ? ""
          : "what nodes have of it in L1 is not valid any more";
    }
    // What stands in the nearest tier that answers is what lives on, and L1 follows it.
    if (shared.stream()
        .filter(copy -> copy.state() != State.UNREACHABLE)
        .findFirst()
        .filter(Obstacles::isValid)
        .isPresent()) {
      return "";
    }
    List<String> silent = shared.stream()
        .filter(copy -> copy.state() == State.UNREACHABLE)
        .map(Obstacles::name)
        .toList();
    return silent.isEmpty()
        ? name(shared.get(0)) + " has no valid copy of it"
        : String.join(" and ", silent) + (silent.size() == 1 ? " does" : " do")
            + " not answer, and no other shared tier has a valid copy of it";
  }

  private static List<Copy> near(Explanation key) {
    return key.copies().stream()
        .filter(copy -> !copy.node().isEmpty() && copy.state() != State.ABSENT)
        .toList();
  }

  /** On the tiers that its cache uses, as far as nodes tell which, nearest first. */
  private static List<Copy> shared(Explanation key, List<CacheView> views) {
    return key.copies().stream()
        .filter(copy -> copy.node().isEmpty())
        .filter(copy -> views.stream()
            .allMatch(
                view -> view.policy().getOrDefault("tiers", copy.tier()).contains(copy.tier())))
        .sorted(Comparator.comparing(copy -> CacheTier.valueOf(copy.tier())))
        .toList();
  }

  private static String notNear(Explanation key) {
    return "the key is not in its L1 on any node" + (key.silent().isEmpty() ? "" : " that answers");
  }

  private static boolean isValid(Copy copy) {
    return VALID.contains(copy.state());
  }

  private static String name(Copy copy) {
    return copy.tier() + " (" + copy.store() + ")";
  }
}
