package dev.larder.tier;

import java.time.Duration;
import java.util.Map;

/**
 * What a store needs to know of the larder that it serves.
 *
 * @param keyPrefix first part of every key; logs and markers of different prefixes are apart
 * @param commandTimeout longest wait for an answer
 * @param retainedRecords how many records the log keeps at least
 * @param maxEntries most entries a database tier holds before it culls
 * @param databases which Redis database holds the caches of a purpose; those of another purpose, or
 *     of none, lie where the address says
 */
public record StoreSettings(
    String keyPrefix,
    Duration commandTimeout,
    int retainedRecords,
    int maxEntries,
    Map<String, Integer> databases) {

  /** Copies the map. */
  public StoreSettings {
    databases = Map.copyOf(databases);
  }

  /** All caches where the address says. */
  public StoreSettings(
      String keyPrefix, Duration commandTimeout, int retainedRecords, int maxEntries) {
    this(keyPrefix, commandTimeout, retainedRecords, maxEntries, Map.of());
  }

  /** Prefix given, time-out 1 s, 100,000 records, 1,000 entries. */
  public static StoreSettings ofDefaults(String keyPrefix) {
    return new StoreSettings(keyPrefix, Duration.ofSeconds(1), 100_000, 1_000);
  }
}
