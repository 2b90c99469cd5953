package dev.larder;

import dev.larder.codec.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one cache promises and how it keeps it. Immutable; safe for many threads.
 *
 * <pre>{@code
 * CachePolicy.of(Long.class, Album.class)
 *     .ttl(Duration.ofHours(1)).staleFor(Duration.ofDays(1))
 *     .tags((id, album) -> Set.of("artist:" + album.artistId()))
 *     .build();
 * }</pre>
 *
 * @param <K> key type: a scalar, a record or a list of such
 * @param <V> value type
 */
public final class CachePolicy<K, V> {

  private final Builder<K, V> set;

  private CachePolicy(Builder<K, V> set) {
    this.set = set;
  }

  /** Starts a policy for plain key and value types. */
  public static <K, V> Builder<K, V> of(Class<K> key, Class<V> value) {
    return new Builder<>(TypeRef.of(key), TypeRef.of(value));
  }

  /** Starts a policy for a generic value type. */
  public static <K, V> Builder<K, V> of(Class<K> key, TypeRef<V> value) {
    return new Builder<>(TypeRef.of(key), value);
  }

  /** Starts a policy for generic key and value types. */
  public static <K, V> Builder<K, V> of(TypeRef<K> key, TypeRef<V> value) {
    return new Builder<>(key, value);
  }

  /** A builder with everything set as here. */
  public Builder<K, V> toBuilder() {
    return set.copy();
  }

  /** Type of keys. */
  public TypeRef<K> keyType() {
    return set.keyType;
  }

  /** Type of values. */
  public TypeRef<V> valueType() {
    return set.valueType;
  }

  /** Tiers used. */
  public Set<CacheTier> tiers() {
    return Set.copyOf(set.tiers);
  }

  /** See {@link Builder#ttl}. */
  public Duration ttl() {
    return set.ttl;
  }

  /** See {@link Builder#staleFor}. */
  public Duration staleFor() {
    return set.staleFor;
  }

  /** See {@link Builder#staleIfError}. */
  public Duration staleIfError() {
    return set.staleIfError;
  }

  /** See {@link Builder#earlyRefresh}; 0 when off. */
  public double earlyRefresh() {
    return set.earlyRefresh;
  }

  /** See {@link Builder#jitter}. */
  public double jitter() {
    return set.jitter;
  }

  /** See {@link Builder#idleTime}; zero when off. */
  public Duration idleTime() {
    return set.idleTime;
  }

  /** See {@link Builder#softTimeout}; zero when off. */
  public Duration softTimeout() {
    return set.softTimeout;
  }

  /** See {@link Builder#hardTimeout}; zero when off. */
  public Duration hardTimeout() {
    return set.hardTimeout;
  }

  /** See {@link Builder#negativeTtl}; zero when off. */
  public Duration negativeTtl() {
    return set.negativeTtl;
  }

  /** Whether null is a value like any other. */
  public boolean nullValues() {
    return set.nullValues;
  }

  /** The ttl for a value; the policy's unless it comes from the value. */
  public Duration ttlOf(K key, V value) {
    return set.ttlFrom == null ? set.ttl : set.ttlFrom.apply(key, value);
  }

  /** The tags of a value; those that follow from the key included. */
  public Collection<String> tagsOf(K key, @Nullable V value) {
    List<String> tags = new ArrayList<>();
    if (set.keyTags != null) {
      tags.addAll(set.keyTags.apply(key));
    }
    if (set.tags != null && value != null) {
      tags.addAll(set.tags.apply(key, value));
    }
    return tags;
  }

  /** Most entries in L1, or most weight where there is a {@link #l1Weigher}. */
  public long l1Maximum() {
    return set.l1Maximum;
  }

  /** Weight of an entry, or null where each weighs 1. */
  public @Nullable ToIntBiFunction<K, V> l1Weigher() {
    return set.l1Weigher;
  }

  /** See {@link Builder#l1Ttl}; zero when L1 keeps entries as long as the tiers below. */
  public Duration l1Ttl() {
    return set.l1Ttl;
  }

  /** Version of the keys. */
  public int version() {
    return set.version;
  }

  /** Whether keys are hashed. */
  public boolean hashedKeys() {
    return set.hashedKeys;
  }

  /** Values whose encoded form is at least this long are compressed; 0 when none are. Bytes. */
  public int compressAbove() {
    return set.compressAbove;
  }

  /** Name of the compression. */
  public String compression() {
    return set.compression;
  }

  /** Longest encoded value that is stored or read below L1. Bytes. */
  public int maxValueBytes() {
    return set.maxValueBytes;
  }

  /** See {@link Builder#maxStaleness}. */
  public Duration maxStaleness() {
    return set.maxStaleness;
  }

  /** See {@link Builder#lease}. */
  public Duration lease() {
    return set.lease;
  }

  /** See {@link Builder#scope}. */
  public CacheScope scope() {
    return set.scope;
  }

  /** See {@link Builder#capture}. */
  public boolean capture() {
    return set.capture;
  }

  /** See {@link Builder#purpose}; empty where nothing is said. */
  public String purpose() {
    return set.purpose;
  }

  /** Builds a policy. Not safe for many threads. */
  public static final class Builder<K, V> {

    private final TypeRef<K> keyType;
    private final TypeRef<V> valueType;
    private EnumSet<CacheTier> tiers = EnumSet.allOf(CacheTier.class);
    private Duration ttl = Duration.ofMinutes(5);
    private Duration staleFor = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private double earlyRefresh;
    private double jitter = 0.05;
    private Duration idleTime = Duration.ZERO;
    private Duration softTimeout = Duration.ZERO;
    private Duration hardTimeout = Duration.ZERO;
    private Duration negativeTtl = Duration.ZERO;
    private boolean nullValues;
    private @Nullable BiFunction<K, V, Duration> ttlFrom;
    private @Nullable Function<K, ? extends Collection<String>> keyTags;
    private @Nullable BiFunction<K, V, ? extends Collection<String>> tags;
    private long l1Maximum = 10_000;
    private @Nullable ToIntBiFunction<K, V> l1Weigher;
    private Duration l1Ttl = Duration.ZERO;
    private int version = 1;
    private boolean hashedKeys;
    private int compressAbove = 8 * 1024;
    private String compression = "zlib";
    private int maxValueBytes = 8 * 1024 * 1024;
    private Duration maxStaleness = Duration.ofSeconds(1);
    private Duration lease = Duration.ofSeconds(10);
    private CacheScope scope = CacheScope.PUBLIC;
    private boolean capture;
    private String purpose = "";

    private Builder(TypeRef<K> keyType, TypeRef<V> valueType) {
      this.keyType = keyType;
      this.valueType = valueType;
    }

    private Builder<K, V> copy() {
      Builder<K, V> copy = new Builder<>(keyType, valueType);
      copy.tiers = EnumSet.copyOf(tiers);
      copy.ttl = ttl;
      copy.staleFor = staleFor;
      copy.staleIfError = staleIfError;
      copy.earlyRefresh = earlyRefresh;
      copy.jitter = jitter;
      copy.idleTime = idleTime;
      copy.softTimeout = softTimeout;
      copy.hardTimeout = hardTimeout;
      copy.negativeTtl = negativeTtl;
      copy.nullValues = nullValues;
      copy.ttlFrom = ttlFrom;
      copy.keyTags = keyTags;
      copy.tags = tags;
      copy.l1Maximum = l1Maximum;
      copy.l1Weigher = l1Weigher;
      copy.l1Ttl = l1Ttl;
      copy.version = version;
      copy.hashedKeys = hashedKeys;
      copy.compressAbove = compressAbove;
      copy.compression = compression;
      copy.maxValueBytes = maxValueBytes;
      copy.maxStaleness = maxStaleness;
      copy.lease = lease;
      copy.scope = scope;
      copy.capture = capture;
      copy.purpose = purpose;
      return copy;
    }

    /** Tiers to use; default all that the larder has. Without DATABASE the cache relies on L2. */
    public Builder<K, V> tiers(CacheTier first, CacheTier... more) {
      this.tiers = EnumSet.of(first, more);
      return this;
    }

    /** How long an entry is fresh: default 5 min, 1 ms to 366 days. */
    public Builder<K, V> ttl(Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    /**
     * How long past its ttl an entry is still served at once while it is refreshed in the background:
     * default 0 (never), at most 366 days. What was invalidated is never served.
     */
    public Builder<K, V> staleFor(Duration staleFor) {
      this.staleFor = staleFor;
      return this;
    }

    /**
     * How long past its ttl an entry may stand in when a load fails or is slower than {@link
     * #softTimeout}: default 0 (never), at most 366 days.
     */
    public Builder<K, V> staleIfError(Duration staleIfError) {
      this.staleIfError = staleIfError;
      return this;
    }

    /** Share of the ttl after which a hit starts a refresh: 0 (default, off), or 0.1 to 0.99. */
    public Builder<K, V> earlyRefresh(double share) {
      this.earlyRefresh = share;
      return this;
    }

    /** Random share by which each entry's ttl is shortened: default 0.05, 0 (none) to 0.5. */
    public Builder<K, V> jitter(double share) {
      this.jitter = share;
      return this;
    }

    /** Longest time without use: default 0 (no limit), at most the ttl. */
    public Builder<K, V> idleTime(Duration idleTime) {
      this.idleTime = idleTime;
      return this;
    }

    /**
     * Wait this long for a load before a stale entry stands in; the load goes on. Default 0 (wait for
     * ever); needs {@link #staleIfError}. The loader then runs on the larder's executor.
     */
    public Builder<K, V> softTimeout(Duration softTimeout) {
      this.softTimeout = softTimeout;
      return this;
    }

    /**
     * Wait at most this long for a load, then fail with {@link LoadTimeoutException}; the load goes on
     * and is stored. Default 0 (wait for ever). The loader then runs on the larder's executor.
     */
    public Builder<K, V> hardTimeout(Duration hardTimeout) {
      this.hardTimeout = hardTimeout;
      return this;
    }

    /** Remember for this long that the source has nothing: default 0 (do not), at most 366 days. */
    public Builder<K, V> negativeTtl(Duration negativeTtl) {
      this.negativeTtl = negativeTtl;
      return this;
    }

    /** Takes null as a value like any other, kept for the ttl. */
    public Builder<K, V> nullValues() {
      this.nullValues = true;
      return this;
    }

    /** Takes the ttl from the value; the {@link #ttl} is then for nulls only. */
    public Builder<K, V> ttlFrom(BiFunction<K, V, Duration> ttlFrom) {
      this.ttlFrom = ttlFrom;
      return this;
    }

    /** Tags that follow from the key alone; remembered absences carry them too. */
    public Builder<K, V> keyTags(Function<K, ? extends Collection<String>> keyTags) {
      this.keyTags = keyTags;
      return this;
    }

    /** Tags that need the value. */
    public Builder<K, V> tags(BiFunction<K, V, ? extends Collection<String>> tags) {
      this.tags = tags;
      return this;
    }

    /** Most entries in L1: default 10,000, 1 or more. */
    public Builder<K, V> l1MaxEntries(long entries) {
      this.l1Maximum = entries;
      this.l1Weigher = null;
      return this;
    }

    /** Most weight in L1, 1 or more, and the weight of an entry (at least 1). */
    public Builder<K, V> l1MaxWeight(long weight, ToIntBiFunction<K, V> weigher) {
      this.l1Maximum = weight;
      this.l1Weigher = weigher;
      return this;
    }

    /** Longest time in L1: default 0 (as long as in the tiers below). */
    public Builder<K, V> l1Ttl(Duration l1Ttl) {
      this.l1Ttl = l1Ttl;
      return this;
    }

    /** Version of the keys: default 1, 0 or more. Another version does not see this one's entries. */
    public Builder<K, V> version(int version) {
      this.version = version;
      return this;
    }

    /** Keeps only a hash of each key, with the larder's secret where it has one. */
    public Builder<K, V> hashedKeys() {
      this.hashedKeys = true;
      return this;
    }

    /** Compresses encoded values of at least so many bytes: default 8192; 0 never. */
    public Builder<K, V> compressAbove(int bytes) {
      this.compressAbove = bytes;
      return this;
    }

    /** Which compression: {@code zlib} (default), or {@code zstd} when it is on the class path. */
    public Builder<K, V> compression(String name) {
      this.compression = name;
      return this;
    }

    /** Longest encoded value below L1: default 8 MiB, 1 KiB to 512 MiB. A longer one is not stored. */
    public Builder<K, V> maxValueBytes(int bytes) {
      this.maxValueBytes = bytes;
      return this;
    }

    /**
     * How long ago this node may last have proved that it knows all invalidations, for L1 to be served
     * unchecked: default 1 s, 10 ms to 1 h. The bound on staleness after a lost link.
     */
    public Builder<K, V> maxStaleness(Duration maxStaleness) {
      this.maxStaleness = maxStaleness;
      return this;
    }

    /** How long one process may load a key before another may try: default 10 s, 50 ms to 10 min. */
    public Builder<K, V> lease(Duration lease) {
      this.lease = lease;
      return this;
    }

    /**
     * Whom an entry is for: default everybody. A load that {@link Loading#readIdentity reads} more of
     * who is asking, or reads a cache of a narrower scope, is not stored.
     */
    public Builder<K, V> scope(CacheScope scope) {
      this.scope = scope;
      return this;
    }

    /**
     * Makes what a loader reads the entry's tags: the tags, cache and prefixes of every cached value
     * read inside the load, and what {@link Loading#dependsOn} is told, so that ending any of those
     * ends this entry too. Off by default. The keys of values read are not taken over: a value that
     * is ended by {@link Cache#invalidate} alone, without a tag, ends nothing that was built from it.
     */
    public Builder<K, V> capture() {
      this.capture = true;
      return this;
    }

    /**
     * What the cache is for, such as {@code view}, {@code query} or {@code api}: 1 to 13 of {@code a-z
     * 0-9 _ -}; default nothing. It stands in the keys before the cache's name, and {@link
     * LarderBuilder#redisDatabase} gives all caches of one purpose a Redis database of their own.
     * Another purpose makes other keys, as another {@link #version} does.
     */
    public Builder<K, V> purpose(String purpose) {
      this.purpose = purpose;
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
}
