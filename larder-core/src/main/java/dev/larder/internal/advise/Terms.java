package dev.larder.internal.advise;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;

/**
 * What a policy says of how long entries are served and where they are kept, as far as a replay goes by it.
 *
 * @param ttlMillis of entries that have no ttl of their own
 * @param jitter random share by which each is shortened
 * @param staleMillis how long past it an entry is served while it is refreshed
 * @param keptMillis how long past it an entry takes up room
 * @param earlyRefresh share of the ttl after which a hit starts a refresh, 0 for none
 * @param idleMillis longest time without a read, 0 for no limit
 * @param l1MaxEntries most entries in L1, 0 where its room is not counted in entries or there is none
 * @param isShared whether entries are kept below L1
 */
public record Terms(
    long ttlMillis,
    double jitter,
    long staleMillis,
    long keptMillis,
    double earlyRefresh,
    long idleMillis,
    long l1MaxEntries,
    boolean isShared) {

  /** The terms of a policy. */
  public static Terms of(CachePolicy<?, ?> policy, boolean isShared) {
    long stale = policy.staleFor().toMillis();
    long kept = Math.max(
        stale, Math.max(policy.staleIfError().toMillis(), policy.revalidateFor().toMillis()));
    boolean isCounted = policy.tiers().contains(CacheTier.L1) && policy.l1Weigher() == null;
    return new Terms(
        policy.ttl().toMillis(),
        policy.jitter(),
        stale,
        kept,
        policy.earlyRefresh(),
        policy.idleTime().toMillis(),
        isCounted ? policy.l1Maximum() : 0,
        isShared);
  }

  /** The same with another ttl and another size of L1. */
  Terms with(long otherTtl, long otherSize) {
    return new Terms(
        otherTtl, jitter, staleMillis, keptMillis, earlyRefresh, idleMillis, otherSize, isShared);
  }
}
