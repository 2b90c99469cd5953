package dev.larder;

import dev.larder.codec.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link CachePolicy}; {@link CachePolicy#of} begins one. Not safe for many threads.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class CachePolicyBuilder<K, V> {

  final TypeRef<K> keyType;
  final TypeRef<V> valueType;
  EnumSet<CacheTier> tiers = EnumSet.allOf(CacheTier.class);
  Duration ttl = Duration.ofMinutes(5);
  Duration staleFor = Duration.ZERO;
  Duration staleIfError = Duration.ZERO;
  Duration revalidateFor = Duration.ZERO;
  double earlyRefresh;
  double jitter = 0.05;
  Duration idleTime = Duration.ZERO;
  Duration softTimeout = Duration.ZERO;
  Duration hardTimeout = Duration.ZERO;
  Duration negativeTtl = Duration.ZERO;
  boolean nullValues;

  @Nullable BiFunction<K, V, Duration> ttlFrom;

  @Nullable BiFunction<K, V, StaleTimes> staleFrom;

  @Nullable Function<K, ? extends Collection<String>> keyTags;

  @Nullable BiFunction<K, V, ? extends Collection<String>> tags;

  long l1Maximum = 10_000;

  @Nullable ToIntBiFunction<K, V> l1Weigher;

  Duration l1Ttl = Duration.ZERO;
  int version = 1;
  boolean hashedKeys;
  boolean encrypted;
  int compressAbove = 8 * 1024;
  String compression = "zlib";
  int maxValueBytes = 8 * 1024 * 1024;
  Duration maxStaleness = Duration.ofSeconds(1);
  Duration lease = Duration.ofSeconds(10);
  CacheScope scope = CacheScope.PUBLIC;
  boolean capture;
  String purpose = "";

  @Nullable Loader<? super K, ? extends V, ?> loader;

  boolean isProtected;

  CachePolicyBuilder(TypeRef<K> keyType, TypeRef<V> valueType) {
    this.keyType = keyType;
    this.valueType = valueType;
  }

  CachePolicyBuilder<K, V> copy() {
    CachePolicyBuilder<K, V> copy = new CachePolicyBuilder<>(keyType, valueType);
    copy.tiers = EnumSet.copyOf(tiers);
    copy.ttl = ttl;
    copy.staleFor = staleFor;
    copy.staleIfError = staleIfError;
    copy.revalidateFor = revalidateFor;
    copy.earlyRefresh = earlyRefresh;
    copy.jitter = jitter;
    copy.idleTime = idleTime;
    copy.softTimeout = softTimeout;
    copy.hardTimeout = hardTimeout;
    copy.negativeTtl = negativeTtl;
    copy.nullValues = nullValues;
    copy.ttlFrom = ttlFrom;
    copy.staleFrom = staleFrom;
    copy.keyTags = keyTags;
    copy.tags = tags;
    copy.l1Maximum = l1Maximum;
    copy.l1Weigher = l1Weigher;
    copy.l1Ttl = l1Ttl;
    copy.version = version;
    copy.hashedKeys = hashedKeys;
    copy.encrypted = encrypted;
    copy.compressAbove = compressAbove;
    copy.compression = compression;
    copy.maxValueBytes = maxValueBytes;
    copy.maxStaleness = maxStaleness;
    copy.lease = lease;
    copy.scope = scope;
    copy.capture = capture;
    copy.purpose = purpose;
    copy.loader = loader;
    copy.isProtected = isProtected;
    return copy;
  }

  /** Tiers to use; default all that the larder has. Without DATABASE the cache relies on L2. */
  public CachePolicyBuilder<K, V> tiers(CacheTier first, CacheTier... more) {
    this.tiers = EnumSet.of(first, more);
    return this;
  }

  /** How long an entry is fresh: default 5 min, 1 ms to 366 days. */
  public CachePolicyBuilder<K, V> ttl(Duration ttl) {
    this.ttl = ttl;
    return this;
  }

  /**
   * How long past its ttl an entry is still served at once while it is refreshed in the background:
   * default 0 (never), at most 366 days. What was invalidated is never served.
   */
  public CachePolicyBuilder<K, V> staleFor(Duration staleFor) {
    this.staleFor = staleFor;
    return this;
  }

  /**
   * How long past its ttl an entry may stand in when a load fails or is slower than {@link
   * #softTimeout}: default 0 (never), at most 366 days.
   */
  public CachePolicyBuilder<K, V> staleIfError(Duration staleIfError) {
    this.staleIfError = staleIfError;
    return this;
  }

  /**
   * How long past its ttl an entry is kept for its next load to {@link Loading#previous see}, which may
   * be able to ask the source whether it still holds: default 0, at most 366 days. It is not served
   * for that. A value whose {@link #ttlFrom} is zero is kept too then, and seen by every load.
   */
  public CachePolicyBuilder<K, V> revalidateFor(Duration revalidateFor) {
    this.revalidateFor = revalidateFor;
    return this;
  }

  /** Share of the ttl after which a hit starts a refresh: 0 (default, off), or 0.1 to 0.99. */
  public CachePolicyBuilder<K, V> earlyRefresh(double share) {
    this.earlyRefresh = share;
    return this;
  }

  /** Random share by which each entry's ttl is shortened: default 0.05, 0 (none) to 0.5. */
  public CachePolicyBuilder<K, V> jitter(double share) {
    this.jitter = share;
    return this;
  }

  /** Longest time without use: default 0 (no limit), at most the ttl. */
  public CachePolicyBuilder<K, V> idleTime(Duration idleTime) {
    this.idleTime = idleTime;
    return this;
  }

  /**
   * Wait this long for a load before a stale entry stands in; the load goes on. Default 0 (wait for
   * ever); needs {@link #staleIfError}. The loader then runs on the larder's executor.
   */
  public CachePolicyBuilder<K, V> softTimeout(Duration softTimeout) {
    this.softTimeout = softTimeout;
    return this;
  }

  /**
   * Wait at most this long for a load, then fail with {@link LoadTimeoutException}; the load goes on
   * and is stored. Default 0 (wait for ever). The loader then runs on the larder's executor.
   */
  public CachePolicyBuilder<K, V> hardTimeout(Duration hardTimeout) {
    this.hardTimeout = hardTimeout;
    return this;
  }

  /** Remember for this long that the source has nothing: default 0 (do not), at most 366 days. */
  public CachePolicyBuilder<K, V> negativeTtl(Duration negativeTtl) {
    this.negativeTtl = negativeTtl;
    return this;
  }

  /** Takes null as a value like any other, kept for the ttl. */
  public CachePolicyBuilder<K, V> nullValues() {
    this.nullValues = true;
    return this;
  }

  /** Takes the ttl from the value; the {@link #ttl} is then for nulls only. */
  public CachePolicyBuilder<K, V> ttlFrom(BiFunction<K, V, Duration> ttlFrom) {
    this.ttlFrom = ttlFrom;
    return this;
  }

  /**
   * Takes what may be done with an entry past its ttl from the value. {@link #staleFor}, {@link
   * #staleIfError} and {@link #revalidateFor} are the longest that it may say.
   */
  public CachePolicyBuilder<K, V> staleFrom(BiFunction<K, V, StaleTimes> staleFrom) {
    this.staleFrom = staleFrom;
    return this;
  }

  /** Tags that follow from the key alone; remembered absences carry them too. */
  public CachePolicyBuilder<K, V> keyTags(Function<K, ? extends Collection<String>> keyTags) {
    this.keyTags = keyTags;
    return this;
  }

  /** Tags that need the value. */
  public CachePolicyBuilder<K, V> tags(BiFunction<K, V, ? extends Collection<String>> tags) {
    this.tags = tags;
    return this;
  }

  /** Most entries in L1: default 10,000, 1 or more. */
  public CachePolicyBuilder<K, V> l1MaxEntries(long entries) {
    this.l1Maximum = entries;
    this.l1Weigher = null;
    return this;
  }

  /** Most weight in L1, 1 or more, and the weight of an entry (at least 1). */
  public CachePolicyBuilder<K, V> l1MaxWeight(long weight, ToIntBiFunction<K, V> weigher) {
    this.l1Maximum = weight;
    this.l1Weigher = weigher;
    return this;
  }

  /** Longest time in L1: default 0 (as long as in the tiers below). */
  public CachePolicyBuilder<K, V> l1Ttl(Duration l1Ttl) {
    this.l1Ttl = l1Ttl;
    return this;
  }

  /** Version of the keys: default 1, 0 or more. Another version does not see this one's entries. */
  public CachePolicyBuilder<K, V> version(int version) {
    this.version = version;
    return this;
  }

  /** Keeps only a hash of each key, with the larder's secret where it has one. */
  public CachePolicyBuilder<K, V> hashedKeys() {
    this.hashedKeys = true;
    return this;
  }

  /**
   * Stores values below L1 encrypted (AES-256-GCM, 33 bytes more each), for which the larder needs a
   * {@link LarderBuilder#valueSecret}. Keys and tags stay as they are: {@link #hashedKeys} hides keys. What is stored
   * under one key can't be passed off under another, and what is stored unencrypted is not read.
   */
  public CachePolicyBuilder<K, V> encrypted() {
    this.encrypted = true;
    return this;
  }

  /** Compresses encoded values of at least so many bytes: default 8192; 0 never. */
  public CachePolicyBuilder<K, V> compressAbove(int bytes) {
    this.compressAbove = bytes;
    return this;
  }

  /** Which compression: {@code zlib} (default), or {@code zstd} when it is on the class path. */
  public CachePolicyBuilder<K, V> compression(String name) {
    this.compression = name;
    return this;
  }

  /** Longest encoded value below L1: default 8 MiB, 1 KiB to 512 MiB. A longer one is not stored. */
  public CachePolicyBuilder<K, V> maxValueBytes(int bytes) {
    this.maxValueBytes = bytes;
    return this;
  }

  /**
   * How long ago this node may last have proved that it knows all invalidations, for L1 to be served
   * unchecked: default 1 s, 10 ms to 1 h. The bound on staleness after a lost link.
   */
  public CachePolicyBuilder<K, V> maxStaleness(Duration maxStaleness) {
    this.maxStaleness = maxStaleness;
    return this;
  }

  /** How long one process may load a key before another may try: default 10 s, 50 ms to 10 min. */
  public CachePolicyBuilder<K, V> lease(Duration lease) {
    this.lease = lease;
    return this;
  }

  /**
   * Whom an entry is for: default everybody. A load that {@link Loading#readIdentity reads} more of
   * who is asking, or reads a cache of a narrower scope, is not stored.
   */
  public CachePolicyBuilder<K, V> scope(CacheScope scope) {
    this.scope = scope;
    return this;
  }

  /**
   * Makes what a loader reads the entry's tags: the tags, cache and prefixes of every cached value
   * read inside the load, and what {@link Loading#dependsOn} is told, so that ending any of those
   * ends this entry too. Off by default. The keys of values read are not taken over: a value that
   * is ended by {@link Cache#invalidate} alone, without a tag, ends nothing that was built from it.
   */
  public CachePolicyBuilder<K, V> capture() {
    this.capture = true;
    return this;
  }

  /**
   * What the cache is for, such as {@code view}, {@code query} or {@code api}: 1 to 13 of {@code a-z
   * 0-9 _ -}; default nothing. It stands in the keys before the cache's name, and {@link
   * LarderBuilder#redisDatabase} gives all caches of one purpose a Redis database of their own.
   * Another purpose makes other keys, as another {@link #version} does.
   */
  public CachePolicyBuilder<K, V> purpose(String purpose) {
    this.purpose = purpose;
    return this;
  }

  /**
   * How to load a key when no caller brings a loader: for operators who refresh an entry. Default none.
   *
   * @param loader loads what the loaders of this cache's callers load
   */
  public CachePolicyBuilder<K, V> loader(Loader<? super K, ? extends V, ?> loader) {
    this.loader = loader;
    return this;
  }

  /**
   * Leaves this cache alone when operators clear all caches at once without naming it, as one whose
   * entries are dear: sessions, say. {@link Larder#clear} in code ends its entries as ever.
   */
  public CachePolicyBuilder<K, V> protect() {
    this.isProtected = true;
    return this;
  }

  /**
   * The policy.
   *
   * @throws ConfigurationException naming every wrong setting and combination
   */
  public CachePolicy<K, V> build() {
    CachePolicy<K, V> policy = new CachePolicy<>(copy());
    List<String> faults = PolicyFaults.of(policy);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(
          "cache policy of " + valueType + ": " + String.join("; ", faults));
    }
    return policy;
  }
}
