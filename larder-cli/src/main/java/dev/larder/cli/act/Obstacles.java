package dev.larder.cli.act;

import dev.larder.CacheTier;
import dev.larder.cli.base.Session;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.NodeView.CacheView;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why an order for one key would be refused now, as far as can be seen without giving it: a preview that
 * promises what is then refused is worse than none.
 */
final class Obstacles {

  private static final Set<State> VALID = EnumSet.of(State.FRESH, State.STALE, State.ABSENCE);

  private final Explanation key;
  private final List<CacheView> views;

  private Obstacles(Explanation key, List<CacheView> views) {
    this.key = key;
    this.views = views;
  }

  static Obstacles of(Session session, String slot) {
    Explanation key = session.management().explain(slot);
    List<CacheView> views = session.management().overview().nodes().stream()
        .flatMap(node -> node.caches().stream())
        .filter(view -> view.stats().cache().equals(key.cache()))
        .toList();
    return new Obstacles(key, views);
  }

  /** Why it could not be loaded anew; empty if it could. What no node tells of is not held against it. */
  Optional<String> toRefresh() {
    if (views.stream().anyMatch(view -> "none".equals(view.policy().get("loader")))) {
      return Optional.of("its cache declares no loader, so it is loaded by whoever asks for it."
          + " Invalidate it instead");
    }
    return near().isEmpty()
        ? Optional.of(notNear() + ", so none knows how to load it")
        : Optional.empty();
  }

  /** Why it could not live on; empty if it could. */
  Optional<String> toTouch() {
    if (near().isEmpty()) {
      return Optional.of(notNear());
    }
    if (!views.isEmpty() && views.stream().allMatch(view -> view.percent() == 0)) {
      return Optional.of("its cache is switched off");
    }
    List<Copy> shared = shared();
    if (shared.isEmpty()) {
      return near().stream().anyMatch(Obstacles::isValid)
          ? Optional.empty()
          : Optional.of("what nodes have of it in L1 is not valid any more");
    }
    // What stands in the nearest tier that answers is what lives on, and L1 follows it.
    Optional<Copy> nearest =
        shared.stream().filter(copy -> copy.state() != State.UNREACHABLE).findFirst();
    if (nearest.filter(Obstacles::isValid).isPresent()) {
      return Optional.empty();
    }
    List<String> silent = shared.stream()
        .filter(copy -> copy.state() == State.UNREACHABLE)
        .map(Obstacles::name)
        .toList();
    return Optional.of(
        silent.isEmpty()
            ? name(shared.get(0)) + " has no valid copy of it"
            : String.join(" and ", silent) + (silent.size() == 1 ? " does" : " do")
                + " not answer, and no other tier has a valid copy of it");
  }

  private List<Copy> near() {
    return key.copies().stream()
        .filter(copy -> !copy.node().isEmpty() && copy.state() != State.ABSENT)
        .toList();
  }

  /** On the tiers that its cache uses, as far as nodes tell which, nearest first. */
  private List<Copy> shared() {
    return key.copies().stream()
        .filter(copy -> copy.node().isEmpty())
        .filter(copy -> views.stream()
            .allMatch(
                view -> view.policy().getOrDefault("tiers", copy.tier()).contains(copy.tier())))
        .sorted(Comparator.comparing(copy -> CacheTier.valueOf(copy.tier())))
        .toList();
  }

  private String notNear() {
    return "the key is not in its L1 on any node" + (key.silent().isEmpty() ? "" : " that answers");
  }

  private static boolean isValid(Copy copy) {
    return VALID.contains(copy.state());
  }

  private static String name(Copy copy) {
    return copy.tier() + " (" + copy.store() + ")";
  }
}
