package dev.larder.spring.metrics;

import dev.larder.Larder;
import dev.larder.manage.NodeView;
import dev.larder.manage.Trouble;
import dev.larder.stats.TierStats;
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
    return Trouble.allOf(view).stream().map(it -> reason(it, view.atMillis())).toList();
  }

  private static String reason(Trouble trouble, long now) {
    return trouble.what()
        + (trouble.sinceMillis() == 0
            ? ""
            : " (began " + seconds(now - trouble.sinceMillis()) + " ago)")
        + (trouble.effect().isEmpty() ? "" : "; " + trouble.effect());
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

  private static String seconds(long millis) {
    return "%.1f s".formatted(millis / 1_000.0);
  }
}
