package dev.larder.spring.boot;

import dev.larder.CacheTier;
import dev.larder.spring.CacheSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationUnit;

/**
 * What {@code larder.caches.<name>} says; see {@link CacheSettings}. Times without a unit are seconds.
 *
 * @param type Type of the values in a cache of Spring's annotations, generic ones as written in Java.
 * @param tiers Tiers to use: l1, l2, database.
 * @param ttl How long an entry is fresh, 1 ms to 366 days.
 * @param staleFor How long past its ttl an entry is served while it is refreshed, up to 366 days.
 * @param staleIfError How long past its ttl an entry stands in for a failed load, up to 366 days.
 * @param earlyRefresh Share of the ttl after which a hit starts a refresh: 0 (off), or 0.1 to 0.99.
 * @param jitter Random share by which each ttl is shortened, 0 to 0.5.
 * @param idleTime Longest time without use, up to the ttl.
 * @param softTimeout Wait for a load before a stale entry stands in, up to 1 h; needs stale-if-error.
 * @param hardTimeout Wait for a load before it fails, up to 1 h.
 * @param negativeTtl How long an absence is remembered, up to 366 days.
 * @param l1MaxEntries Most entries in L1, 1 or more.
 * @param l1Ttl Longest time in L1, up to 366 days.
 * @param version Version of the keys, 0 or more.
 * @param hashedKeys Whether only a hash of each key is kept.
 * @param encrypted Whether values are stored encrypted below L1, under larder.value-secret.
 * @param compressAbove Encoded values of at least so many bytes are compressed; 0 is never.
 * @param compression Name of the compression: zlib or zstd.
 * @param maxValueBytes Longest encoded value below L1, 1 KiB to 512 MiB.
 * @param maxStaleness How long ago this process may last have proved that it is current, 10 ms to 1 h.
 * @param lease How long one process may load a key before another may try, 50 ms to 10 min.
 * @param purpose What the cache is for, which decides its Redis database: 1 to 13 of a-z, 0-9, "_", "-".
 */
public record CacheProperties(
    @Nullable String type,
    @Nullable Set<CacheTier> tiers,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration ttl,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration staleFor,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration staleIfError,
    @Nullable Double earlyRefresh,
    @Nullable Double jitter,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration idleTime,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration softTimeout,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration hardTimeout,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration negativeTtl,
    @Nullable Long l1MaxEntries,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration l1Ttl,
    @Nullable Integer version,
    @Nullable Boolean hashedKeys,
    @Nullable Boolean encrypted,
    @Nullable Integer compressAbove,
    @Nullable String compression,
    @Nullable Integer maxValueBytes,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxStaleness,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration lease,
    @Nullable String purpose) {

  CacheSettings settings() {
    return new CacheSettings(
        type,
        tiers,
        ttl,
        staleFor,
        staleIfError,
        earlyRefresh,
        jitter,
        idleTime,
        softTimeout,
        hardTimeout,
        negativeTtl,
        l1MaxEntries,
        l1Ttl,
        version,
        hashedKeys,
        encrypted,
        compressAbove,
        compression,
        maxValueBytes,
        maxStaleness,
        lease,
        purpose);
  }
}
