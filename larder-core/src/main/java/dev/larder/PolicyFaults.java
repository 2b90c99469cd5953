package dev.larder;

import dev.larder.key.KeySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What is wrong with a policy, all of it together, so that nobody has to mend it one by one. */
final class PolicyFaults {

  private static final Duration YEAR = Duration.ofDays(366);

  private final List<String> faults = new ArrayList<>();

  private PolicyFaults() {}

  /** One sentence for each setting out of range and each combination that cannot work. */
  static List<String> of(CachePolicy<?, ?> policy) {
    PolicyFaults found = new PolicyFaults();
    found.checkRanges(policy);
    found.checkCombinations(policy);
    return found.faults;
  }

  private void checkRanges(CachePolicy<?, ?> policy) {
    range("ttl", policy.ttl(), Duration.ofMillis(1), YEAR);
    range("staleFor", policy.staleFor(), Duration.ZERO, YEAR);
    range("staleIfError", policy.staleIfError(), Duration.ZERO, YEAR);
    range("revalidateFor", policy.revalidateFor(), Duration.ZERO, YEAR);
    range("idleTime", policy.idleTime(), Duration.ZERO, policy.ttl());
    range("softTimeout", policy.softTimeout(), Duration.ZERO, Duration.ofHours(1));
    range("hardTimeout", policy.hardTimeout(), Duration.ZERO, Duration.ofHours(1));
    range("negativeTtl", policy.negativeTtl(), Duration.ZERO, YEAR);
    range("l1Ttl", policy.l1Ttl(), Duration.ZERO, YEAR);
    range("maxStaleness", policy.maxStaleness(), Duration.ofMillis(10), Duration.ofHours(1));
    range("lease", policy.lease(), Duration.ofMillis(50), Duration.ofMinutes(10));
    check(
        policy.earlyRefresh() == 0
            || (policy.earlyRefresh() >= 0.1 && policy.earlyRefresh() <= 0.99),
        "earlyRefresh: " + policy.earlyRefresh() + " is neither 0 (off) nor 0.1 to 0.99");
    check(
        policy.jitter() >= 0 && policy.jitter() <= 0.5,
        "jitter: " + policy.jitter() + " is not 0 to 0.5");
    check(policy.l1Maximum() >= 1, "l1MaxEntries: " + policy.l1Maximum() + " is not 1 or more");
    check(
        policy.purpose().isEmpty() || KeySettings.isPurpose(policy.purpose()),
        "purpose: '" + policy.purpose() + "' is not 1 to " + KeySettings.LONGEST_PURPOSE
            + " of a-z 0-9 _ -");
    check(policy.version() >= 0, "version: " + policy.version() + " is not 0 or more");
    check(
        policy.compressAbove() >= 0,
        "compressAbove: " + policy.compressAbove() + " is not 0 or more bytes");
    check(
        policy.maxValueBytes() >= 1024 && policy.maxValueBytes() <= 512 * 1024 * 1024,
        "maxValueBytes: " + policy.maxValueBytes() + " is not 1024 to 536870912 bytes");
  }

  private void checkCombinations(CachePolicy<?, ?> policy) {
    check(
        policy.softTimeout().isZero() || !policy.staleIfError().isZero(),
        "softTimeout: needs staleIfError, or there is nothing to serve instead");
    check(
        policy.softTimeout().isZero()
            || policy.hardTimeout().isZero()
            || policy.softTimeout().compareTo(policy.hardTimeout()) < 0,
        "softTimeout: " + policy.softTimeout() + " is not below hardTimeout "
            + policy.hardTimeout());
    check(
        !policy.nullValues() || policy.negativeTtl().isZero(),
        "negativeTtl: " + policy.negativeTtl()
            + " with nullValues: a null is either a value or an absence");
    check(
        policy.tiers().contains(CacheTier.L1)
            || (policy.l1Weigher() == null && policy.l1Ttl().isZero()),
        "l1MaxWeight, l1Ttl: the cache does not use L1");
    check(
        !policy.tiers().equals(EnumSet.of(CacheTier.DATABASE))
            || policy.idleTime().isZero(),
        "idleTime: needs L1 or L2");
  }

  private void range(String name, Duration value, Duration least, Duration most) {
    check(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        name + ": " + value + " is not " + least + " to " + most);
  }

  private void check(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
