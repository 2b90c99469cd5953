package dev.larder.strategy;

import dev.larder.Acknowledgement;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What lives in the cache alone and goes away by itself: who is online, who is typing, a one-time
 * code that may be asked for again.
 *
 * <p>Use it for what nobody misses when it is lost: there is no source behind it, and any tier may lose
 * everything at any time. What one node sets, every node reads through L2. Without L2 it is kept in this
 * process, and not at all while an L2 that is configured does not answer.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class TtlOnly<K, V> extends CacheStrategy<K, V> {

  private static final int ATTEMPTS = 5;

  private TtlOnly(Larder larder, String namespace, CachePolicy<K, V> policy) {
    super(larder, namespace, policy);
  }

  /** Makes the namespace. */
  public static <K, V> TtlOnly<K, V> of(Larder larder, String namespace, CachePolicy<K, V> policy) {
    return new TtlOnly<>(larder, namespace, policy);
  }

  @Override
  public @Nullable V get(K key) {
    return cache.get(key).orNull();
  }

  /** As in {@link CacheStrategy}; asks for all keys at once. */
  @Override
  public Map<K, V> getMany(Collection<? extends K> keys) {
    Map<K, CompletableFuture<@Nullable V>> asked = new LinkedHashMap<>();
    for (K key : keys) {
      asked.computeIfAbsent(
          key,
          one -> cache
              .async()
              .get(one)
              .<@Nullable V>thenApply(found -> found.orNull())
              .toCompletableFuture());
    }
    Map<K, V> values = new LinkedHashMap<>();
    asked.forEach((key, answer) -> {
      V value = answer.join();
      if (value != null) {
        values.put(key, value);
      }
    });
    return values;
  }

  /**
   * Keeps the value for the policy's ttl, counted from now. Of several that are set at once one stands;
   * one round trip more than {@link dev.larder.Cache#put} tells so.
   */
  @Override
  public Acknowledgement set(K key, V value) {
    Acknowledgement done = cache.put(key, value);
    // Writers who meet void what the other stored, as is right where a source has the truth. Here
    // nobody else has it.
    for (int i = 1; i < ATTEMPTS && cache.peek(key).orNull() == null; i++) {
      done = cache.put(key, value);
    }
    return done;
  }

  @Override
  public void setMany(Map<? extends K, ? extends V> values) {
    putAll(values);
  }
}
