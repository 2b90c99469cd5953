package dev.larder;

import dev.larder.codec.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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

  private final CachePolicyBuilder<K, V> set;

  CachePolicy(CachePolicyBuilder<K, V> set) {
    this.set = set;
  }

  /** Starts a policy for plain key and value types. */
  public static <K, V> CachePolicyBuilder<K, V> of(Class<K> key, Class<V> value) {
    return new CachePolicyBuilder<>(TypeRef.of(key), TypeRef.of(value));
  }

  /** Starts a policy for a generic value type. */
  public static <K, V> CachePolicyBuilder<K, V> of(Class<K> key, TypeRef<V> value) {
    return new CachePolicyBuilder<>(TypeRef.of(key), value);
  }

  /** Starts a policy for generic key and value types. */
  public static <K, V> CachePolicyBuilder<K, V> of(TypeRef<K> key, TypeRef<V> value) {
    return new CachePolicyBuilder<>(key, value);
  }

  /** A builder with everything set as here. */
  public CachePolicyBuilder<K, V> toBuilder() {
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

  /** See {@link CachePolicyBuilder#ttl}. */
  public Duration ttl() {
    return set.ttl;
  }

  /** See {@link CachePolicyBuilder#staleFor}. */
  public Duration staleFor() {
    return set.staleFor;
  }

  /** See {@link CachePolicyBuilder#staleIfError}. */
  public Duration staleIfError() {
    return set.staleIfError;
  }

  /** See {@link CachePolicyBuilder#revalidateFor}. */
  public Duration revalidateFor() {
    return set.revalidateFor;
  }

  /** See {@link CachePolicyBuilder#earlyRefresh}; 0 when off. */
  public double earlyRefresh() {
    return set.earlyRefresh;
  }

  /** See {@link CachePolicyBuilder#jitter}. */
  public double jitter() {
    return set.jitter;
  }

  /** See {@link CachePolicyBuilder#idleTime}; zero when off. */
  public Duration idleTime() {
    return set.idleTime;
  }

  /** See {@link CachePolicyBuilder#softTimeout}; zero when off. */
  public Duration softTimeout() {
    return set.softTimeout;
  }

  /** See {@link CachePolicyBuilder#hardTimeout}; zero when off. */
  public Duration hardTimeout() {
    return set.hardTimeout;
  }

  /** See {@link CachePolicyBuilder#negativeTtl}; zero when off. */
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

  /** Whether each value has a ttl of its own; see {@link CachePolicyBuilder#ttlFrom}. */
  public boolean isTtlFromValue() {
    return set.ttlFrom != null;
  }

  /** What may be done with a value past its ttl. */
  public StaleTimes staleTimesOf(K key, @Nullable V value) {
    StaleTimes most = new StaleTimes(set.staleFor, set.staleIfError, set.revalidateFor);
    return set.staleFrom == null || value == null
        ? most
        : set.staleFrom.apply(key, value).atMost(most);
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

  /** See {@link CachePolicyBuilder#l1Ttl}; zero when L1 keeps entries as long as the tiers below. */
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

  /** Whether values are encrypted below L1. */
  public boolean encrypted() {
    return set.encrypted;
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

  /** See {@link CachePolicyBuilder#maxStaleness}. */
  public Duration maxStaleness() {
    return set.maxStaleness;
  }

  /** See {@link CachePolicyBuilder#lease}. */
  public Duration lease() {
    return set.lease;
  }

  /** See {@link CachePolicyBuilder#scope}. */
  public CacheScope scope() {
    return set.scope;
  }

  /** See {@link CachePolicyBuilder#capture}. */
  public boolean capture() {
    return set.capture;
  }

  /** See {@link CachePolicyBuilder#purpose}; empty where nothing is said. */
  public String purpose() {
    return set.purpose;
  }

  /** See {@link CachePolicyBuilder#loader}; null where none is declared. */
  public @Nullable Loader<? super K, ? extends V, ?> loader() {
    return set.loader;
  }

  /** See {@link CachePolicyBuilder#protect}. */
  public boolean isProtected() {
    return set.isProtected;
  }
}
