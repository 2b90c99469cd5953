package dev.larder.manage;

import dev.larder.CacheTier;
import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong at a moment, and what those who use the application notice of it. Worked out of
 * what nodes say, without a round trip.
 *
 * @param what what is wrong, in words
 * @param effect what it means for answers, in words; empty if nothing
 * @param sinceMillis since when, by the clock of the node that has it; 0 if not known
 */
public record Trouble(String what, String effect, long sinceMillis) {

  /** A lost log has no end that could be told, but what it costs has. */
  private static final Duration LOSS_TOLD_FOR = Duration.ofMinutes(1);

  /** Everything that is wrong, a cause before what comes of it; empty if all is well. */
  public static List<Trouble> allOf(Overview overview) {
    List<Trouble> troubles = new ArrayList<>();
    if (!overview.isWhole()) {
      troubles.add(new Trouble(
          "the other nodes could not be asked: no store answers",
          "only what this node knows of itself is shown",
          0));
    }
    for (NodeView node : overview.nodes()) {
      troubles.addAll(allOf(node));
      if (node.stale() > 0) {
        troubles.add(new Trouble(
            node.id() + " found " + count(node.stale()) + " stale of " + count(node.sampled())
                + " copies that were looked at again",
            "some answers may have been old; verify names the keys",
            0));
      }
    }
    apart(overview.nodes(), NodeView::policies)
        .ifPresent(said -> troubles.add(new Trouble(
            "the nodes' caches are not configured alike: " + said,
            "how long an answer may be kept depends on the node that gives it",
            0)));
    apart(overview.nodes(), NodeView::version)
        .ifPresent(said -> troubles.add(
            new Trouble("the nodes run different versions of Larder: " + said, "", 0)));
    overview.switches().forEach((cache, percent) -> {
      if (percent < 100) {
        Optional<SwitchOrder> order = SwitchOrder.of(overview, cache);
        troubles.add(new Trouble(
            (cache.isEmpty() ? "caching" : "cache " + cache) + " is switched to " + percent
                + " % of the keys" + order.map(it -> " by " + it.who()).orElse(""),
            (percent == 0 ? "all keys are" : "the other keys are")
                + " loaded from the source each time",
            order.map(SwitchOrder::atMillis).orElse(0L)));
      }
    });
    return troubles;
  }

  /**
   * What is wrong with a node now, as it says itself. Stale copies that were found are not among it: their
   * count never falls again.
   */
  public static List<Trouble> allOf(NodeView node) {
    List<Trouble> troubles = new ArrayList<>();
    for (TierStats tier : node.tiers()) {
      if (tier.isDegraded()) {
        troubles.add(degraded(node, tier));
      }
    }
    for (TierStats tier : node.tiers()) {
      if (!tier.isConfirmed()) {
        troubles.add(new Trouble(
            node.id() + " is unsure whether it has heard of every invalidation: the log in "
                + tier.store() + " does not answer",
            bound(node, tier),
            before(node, tier.confirmedAgo())));
      }
      Duration lost = tier.logLostAgo();
      if (lost != null && lost.compareTo(LOSS_TOLD_FOR) < 0) {
        troubles.add(new Trouble(
            node.id() + " lost the log in " + tier.store()
                + ": it was emptied, or trimmed before it was read",
            "what L1 and that tier had is loaded anew when it is asked for, so answers are slower for a while",
            before(node, lost)));
      }
    }
    if (node.waiting() > 0) {
      troubles.add(new Trouble(
          node.id() + " is behind: " + count(node.waiting())
              + (node.waiting() == 1 ? " invalidation waits" : " invalidations wait")
              + " for a log that does not answer",
          "other nodes may answer what these end, within each cache's max-staleness",
          0));
    }
    return troubles;
  }

  private static Trouble degraded(NodeView node, TierStats tier) {
    // A half-open circuit waits for calls, which nobody makes while the log is silent.
    boolean isSilent = tier.circuit().equals("no-answer")
        || (tier.circuit().equals("half-open") && !tier.isConfirmed());
    String address = tier.address();
    String circuit = "its circuit" + (address.isEmpty() ? "" : " to " + address) + " is ";
    String why = isSilent
        ? "it does not answer" + (address.isEmpty() ? "" : " at " + address)
        : tier.circuit().equals("open")
            ? circuit + "open, so only a call now and then is tried"
            : circuit + tier.circuit() + ", so a few calls are tried";
    return new Trouble(
        node.id() + " skips " + tier.tier() + " (" + tier.store() + "): " + why,
        "what the skipped tier would have answered comes from the next tier or the source: visitors may wait"
            + " longer, and see nothing older",
        isSilent ? before(node, tier.confirmedAgo()) : began(node, tier.outage()));
  }

  private static long began(NodeView node, @Nullable Outage outage) {
    return outage == null || outage.endedAgo() != null ? 0 : before(node, outage.beganAgo());
  }

  /** What keeps L1 from being old meanwhile. */
  private static String bound(NodeView node, TierStats silent) {
    String bounded = "L1 answers only within each cache's max-staleness" + longest(node)
        + ": nobody sees anything older than that";
    // The database's log hears of everything first, so it is enough for the caches that use it.
    return node.tiers().stream()
        .filter(it -> it.tier() == CacheTier.DATABASE && !it.equals(silent) && it.isConfirmed())
        .findFirst()
        .map(it -> "caches with the database tier answer from L1 as before, since the log in "
            + it.store() + " is proved; of the others " + bounded)
        .orElse(bounded);
  }

  /** {@code  (1 s at most)}; empty where no cache tells. */
  private static String longest(NodeView node) {
    return node.caches().stream()
        .map(it -> it.policy().get("max-staleness"))
        .filter(Objects::nonNull)
        .map(Duration::parse)
        .max(Duration::compareTo)
        .map(it -> String.format(Locale.ROOT, " (%s s at most)", seconds(it)))
        .orElse("");
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long before(NodeView node, Duration ago) {
    return node.atMillis() - ago.toMillis();
  }

  private static Optional<String> apart(Collection<NodeView> nodes, Function<NodeView, String> of) {
    return nodes.stream().map(of).distinct().count() < 2
        ? Optional.empty()
        : Optional.of(nodes.stream()
            .map(it -> it.id() + " " + of.apply(it))
            .collect(Collectors.joining(", ")));
  }
}
