package dev.larder.spring.cache;

import dev.larder.CacheTier;
import java.util.EnumSet;
import java.util.Set;

/** Which tiers the caches of a test use. */
enum Layout {
  L1(CacheTier.L1),
  REDIS(CacheTier.L2),
  L1_REDIS(CacheTier.L1, CacheTier.L2),
  L1_REDIS_DATABASE(CacheTier.L1, CacheTier.L2, CacheTier.DATABASE),
  L1_DATABASE(CacheTier.L1, CacheTier.DATABASE),
  DATABASE(CacheTier.DATABASE);

  private final Set<CacheTier> tiers;

  Layout(CacheTier first, CacheTier... more) {
    this.tiers = EnumSet.of(first, more);
  }

  Set<CacheTier> tiers() {
    return tiers;
  }

  boolean has(CacheTier tier) {
    return tiers.contains(tier);
  }

  /** Whether a put keeps the value: where the database is the only shared tier it only invalidates. */
  boolean keepsPuts() {
    return has(CacheTier.L2) || !has(CacheTier.DATABASE);
  }
}
