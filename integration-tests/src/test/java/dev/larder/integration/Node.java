package dev.larder.integration;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.stats.TierStats;
import java.util.Objects;

/** One larder with the cache that most tests use. */
record Node(Larder larder, Cache<Place, String> cache, Source source) {

  /** Reads through. */
  String get(Place place) {
    return Objects.requireNonNull(cache.get(place, source::load));
  }

  /** Reads through with nothing older than what was acknowledged. */
  String getAtLeast(Acknowledgement done, Place place) {
    return Objects.requireNonNull(
        cache.atLeast(done.position().orElseThrow()).get(place, source::load));
  }

  /** Reads without loading: the value or null. */
  String peek(Place place) {
    return cache.get(place).orNull();
  }

  /** The tier that answers now; null if none does. */
  CacheTier tierOf(Place place) {
    return cache.get(place) instanceof Lookup.Hit<String> hit ? hit.tier() : null;
  }

  /** How a tier is doing. */
  TierStats tier(CacheTier tier) {
    return larder.tiers().stream()
        .filter(each -> each.tier() == tier)
        .findFirst()
        .orElseThrow();
  }

  /** Whether the tier takes part and its log is confirmed. */
  boolean uses(CacheTier tier) {
    TierStats stats = tier(tier);
    return !stats.isDegraded() && stats.isConfirmed();
  }
}
