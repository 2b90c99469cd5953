package dev.larder.spring;

import dev.larder.CachePolicyBuilder;
import dev.larder.CacheTier;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says of one cache. What is null stays as the policy has it; ranges are those of
 * {@link CachePolicyBuilder}.
 *
 * @param type declared type of the values in Java's notation, such as {@code
 *     java.util.List<com.acme.Album>}; only for caches that Spring's annotations use
 * @param tiers tiers to use, not empty
 * @param ttl how long an entry is fresh
 * @param staleFor how long past that it is served while it is refreshed
 * @param staleIfError how long past that it stands in for a failed load
 * @param earlyRefresh share of the ttl after which a hit starts a refresh
 * @param jitter random share by which each ttl is shortened
 * @param idleTime longest time without use
 * @param softTimeout wait for a load before a stale entry stands in
 * @param hardTimeout wait for a load before it fails
 * @param negativeTtl how long an absence is remembered
 * @param l1MaxEntries most entries in L1
 * @param l1Ttl longest time in L1
 * @param version version of the keys
 * @param hashedKeys true to keep only a hash of each key
 * @param encrypted true to store values encrypted below L1
 * @param compressAbove encoded values of at least so many bytes are compressed
 * @param compression name of the compression
 * @param maxValueBytes longest encoded value below L1, in bytes
 * @param maxStaleness how long ago this node may last have proved that it is current
 * @param lease how long one process may load a key
 * @param purpose what the cache is for, which decides its Redis database
 */
public record CacheSettings(
    @Nullable String type,
    @Nullable Set<CacheTier> tiers,
    @Nullable Duration ttl,
    @Nullable Duration staleFor,
    @Nullable Duration staleIfError,
    @Nullable Double earlyRefresh,
    @Nullable Double jitter,
    @Nullable Duration idleTime,
    @Nullable Duration softTimeout,
    @Nullable Duration hardTimeout,
    @Nullable Duration negativeTtl,
    @Nullable Long l1MaxEntries,
    @Nullable Duration l1Ttl,
    @Nullable Integer version,
    @Nullable Boolean hashedKeys,
    @Nullable Boolean encrypted,
    @Nullable Integer compressAbove,
    @Nullable String compression,
    @Nullable Integer maxValueBytes,
    @Nullable Duration maxStaleness,
    @Nullable Duration lease,
    @Nullable String purpose) {

  /** Says nothing. */
  public static final CacheSettings NONE = new CacheSettings(
      null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
      null, null, null, null, null, null, null);

  /** Nothing but a ttl. */
  public static CacheSettings ofTtl(Duration ttl) {
    return new CacheSettings(
        null, null, ttl, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null);
  }

  /**
   * Sets what is said here.
   *
   * @param usesL1 false to leave out the time in L1, which a cache without L1 may not have
   */
  <K, V> CachePolicyBuilder<K, V> over(CachePolicyBuilder<K, V> builder, boolean usesL1) {
    if (tiers != null && !tiers.isEmpty()) {
      EnumSet<CacheTier> chosen = EnumSet.copyOf(tiers);
      CacheTier first = chosen.iterator().next();
      builder.tiers(first, chosen.toArray(CacheTier[]::new));
    }
    set(builder, ttl, CachePolicyBuilder::ttl);
    set(builder, staleFor, CachePolicyBuilder::staleFor);
    set(builder, staleIfError, CachePolicyBuilder::staleIfError);
    set(builder, earlyRefresh, CachePolicyBuilder::earlyRefresh);
    set(builder, jitter, CachePolicyBuilder::jitter);
    set(builder, idleTime, CachePolicyBuilder::idleTime);
    set(builder, softTimeout, CachePolicyBuilder::softTimeout);
    set(builder, hardTimeout, CachePolicyBuilder::hardTimeout);
    set(builder, negativeTtl, CachePolicyBuilder::negativeTtl);
    set(builder, l1MaxEntries, CachePolicyBuilder::l1MaxEntries);
    set(builder, usesL1 ? l1Ttl : null, CachePolicyBuilder::l1Ttl);
    set(builder, version, CachePolicyBuilder::version);
    if (Boolean.TRUE.equals(hashedKeys)) {
      builder.hashedKeys();
    }
    if (Boolean.TRUE.equals(encrypted)) {
      builder.encrypted();
    }
    set(builder, compressAbove, CachePolicyBuilder::compressAbove);
    set(builder, compression, CachePolicyBuilder::compression);
    set(builder, maxValueBytes, CachePolicyBuilder::maxValueBytes);
    set(builder, maxStaleness, CachePolicyBuilder::maxStaleness);
    set(builder, lease, CachePolicyBuilder::lease);
    set(builder, purpose, CachePolicyBuilder::purpose);
    return builder;
  }

  private static <K, V, T> void set(
      CachePolicyBuilder<K, V> builder,
      @Nullable T value,
      BiConsumer<CachePolicyBuilder<K, V>, T> setting) {
    if (value != null) {
      setting.accept(builder, value);
    }
  }
}
