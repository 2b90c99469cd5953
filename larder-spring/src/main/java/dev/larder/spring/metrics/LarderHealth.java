package dev.larder.spring.metrics;

import dev.larder.Larder;
import dev.larder.manage.NodeView;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the tiers of a larder work, with reasons in words.
 *
 * <p>A larder answers without its tiers too, from what works and from the source, so by default it is
 * {@code UP} with reasons: an instance that is taken out of service since Redis is slow helps nobody.
 * Asks nobody. Safe for use by many threads.
 */
public final class LarderHealth implements HealthIndicator {

  /** A lost log has no end that could be told, but what it costs has. */
  private static final Duration TOLD_FOR = Duration.ofMinutes(1);

  private final Supplier<NodeView> node;
  private final Status impaired;

  /** {@code UP} always, with reasons where something does not work. */
  public LarderHealth(Larder larder) {
    this(larder, Status.UP);
  }

  /**
   * Tells with a status that something does not work.
   *
   * @param impaired the status while there is a reason
   */
  public LarderHealth(Larder larder, Status impaired) {
    this(larder::self, impaired);
  }

  LarderHealth(Supplier<NodeView> node, Status impaired) {
    this.node = node;
    this.impaired = impaired;
  }

  @Override
  public Health health() {
    NodeView view = node.get();
    List<String> reasons = reasons(view);
    Map<String, String> tiers = new LinkedHashMap<>();
    view.tiers().forEach(tier -> tiers.put(name(tier), state(tier)));
    Health.Builder health = Health.status(reasons.isEmpty() ? Status.UP : impaired)
        .withDetail("node", view.id())
        .withDetail("tiers", tiers)
        .withDetail("waitingInvalidations", view.waiting());
    return reasons.isEmpty()
        ? health.build()
        : health.withDetail("reasons", reasons).build();
  }

  private static List<String> reasons(NodeView view) {
    List<String> reasons = new ArrayList<>();
    for (TierStats tier : view.tiers()) {
      if (tier.isDegraded()) {
        boolean isSilent = tier.circuit().equals("no-answer");
        reasons.add("tier " + name(tier)
            + (isSilent ? " does not answer" : " is skipped, its circuit is " + tier.circuit())
            + "; what it would have answered comes from the next tier or the source");
      }
      if (!tier.isConfirmed()) {
        reasons.add("the follower is behind: the log in " + tier.store()
            + " was last proved current " + seconds(tier.confirmedAgo())
            + " ago; L1 answers only within each cache's max-staleness");
      }
      Duration lost = tier.logLostAgo();
      if (lost != null && lost.compareTo(TOLD_FOR) < 0) {
        reasons.add("the log in " + tier.store() + " was lost or trimmed before it was read, "
            + seconds(lost) + " ago; all that was cached before is loaded anew");
      }
    }
    if (view.waiting() > 0) {
      reasons.add(view.waiting() + " invalidations wait for a log that does not answer;"
          + " other nodes do not know of them yet");
    }
    return reasons;
  }

  private static String state(TierStats tier) {
    if (tier.isDegraded()) {
      return "degraded";
    }
    return tier.isConfirmed() ? "ready" : "unsure";
  }

  private static String name(TierStats tier) {
    return tier.tier() + " (" + tier.store() + ")";
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }
}
