package dev.larder.spring.metrics;

/** The names of all meters. A key is never a tag. */
public final class MeterNames {

  /** Lookups, by {@code result}: hit or miss. Micrometer's name for all caches. */
  public static final String CACHE_GETS = "cache.gets";

  /** Values that loads brought. Micrometer's name. */
  public static final String CACHE_PUTS = "cache.puts";

  /** Entries that L1 dropped for size or age. Micrometer's name. */
  public static final String CACHE_EVICTIONS = "cache.evictions";

  /** Entries in L1. Micrometer's name. */
  public static final String CACHE_SIZE = "cache.size";

  /** Most entries, or most weight, of L1. */
  public static final String L1_MAXIMUM = "larder.l1.maximum";

  /** Lookups, by the {@code tier} that answered: l1, l2, database, or source if none did. */
  public static final String GETS = "larder.gets";

  /** Loads with their time. */
  public static final String LOADS = "larder.loads";

  /** Loads that failed. */
  public static final String LOAD_FAILURES = "larder.load.failures";

  /** Lookups that waited for another's load: what a stampede would have been. */
  public static final String WAITS = "larder.waits";

  /** Hits that were past their ttl, and valid. */
  public static final String STALE_SERVED = "larder.stale.served";

  /** Entries stored below L1. */
  public static final String FILLS = "larder.fills";

  /** Values that were loaded and not stored, since they were invalidated meanwhile. */
  public static final String FILLS_REFUSED = "larder.fills.refused";

  /** Stored bytes that were no entry of their key. */
  public static final String UNREADABLE = "larder.unreadable";

  /** Values that were not stored, since they are too large. */
  public static final String TOO_LARGE = "larder.too.large";

  /** Invalidations asked for through a cache. */
  public static final String INVALIDATIONS = "larder.invalidations";

  /** What invalidations covered that this node heard of, its own and those of others, by kind. */
  public static final String CHANGES = "larder.changes";

  /** Lookups of keys that were switched off. */
  public static final String PASSES = "larder.passes";

  /** Invalidations that wait for a log that does not answer. */
  public static final String WAITING = "larder.waiting";

  /** Whether a tier is skipped: 1 or 0. */
  public static final String TIER_DEGRADED = "larder.tier.degraded";

  /** Calls made to a tier. */
  public static final String TIER_CALLS = "larder.tier.calls";

  /** Calls to a tier that failed, timed out or were skipped. */
  public static final String TIER_FAILURES = "larder.tier.failures";

  /** Time since a log's tail was last proved, in seconds. */
  public static final String CONFIRMED_AGE = "larder.follower.confirmed.age";

  /** Copies that were looked at again. */
  public static final String FRESHNESS_SAMPLED = "larder.freshness.sampled";

  /** Those of them that were stale. More than none is a fault. */
  public static final String FRESHNESS_STALE = "larder.freshness.stale";

  /** Requests that a response rule is for, by {@code route} and {@code result}. */
  public static final String HTTP_REQUESTS = "larder.http.requests";

  /** Answers of a route that told the client to keep what it has. */
  public static final String HTTP_NOT_MODIFIED = "larder.http.not.modified";

  /** Inputs that handlers of a route read and its keys do not hold. */
  public static final String HTTP_UNKEYED = "larder.http.unkeyed";

  /** Different sets of keyed headers that a route saw, an estimate. */
  public static final String HTTP_VARIANTS = "larder.http.variants";

  /** Lookups of an endpoint's requests, by {@code route} and {@code result}. */
  public static final String REQUEST_LOOKUPS = "larder.request.lookups";

  /** Time of an endpoint's requests in looks below L1 and in loads. */
  public static final String REQUEST_CACHE_TIME = "larder.request.cache.time";

  private MeterNames() {}
}
