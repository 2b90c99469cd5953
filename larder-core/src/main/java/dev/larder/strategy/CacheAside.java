package dev.larder.strategy;

import dev.larder.Acknowledgement;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is asked for and keeps it: feeds, details, counts, whatever is read far more often than
 * it is written.
 *
 * <p>Whoever writes the source {@link #delete deletes} the key afterwards, or ends a tag. Unlike in the
 * pattern's usual form a load that began before cannot bring the old value back. Another node may
 * serve the old entry for the milliseconds until it hears of it, and never longer than the policy's
 * {@code maxStaleness}; where that is too long, use {@link WriteThrough}.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class CacheAside<K, V> extends CacheStrategy<K, V> {

  private final Source<K, V> source;

  private CacheAside(
      Larder larder, String namespace, CachePolicy<K, V> policy, Source<K, V> source) {
    super(larder, namespace, policy);
    this.source = source;
  }

  /** Makes the namespace. */
  public static <K, V> CacheAside<K, V> of(
      Larder larder, String namespace, CachePolicy<K, V> policy, Source<K, V> source) {
    return new CacheAside<>(larder, namespace, policy, source);
  }

  @Override
  public @Nullable V get(K key) {
    return cache.get(key, source::load);
  }

  @Override
  public Map<K, V> getMany(Collection<? extends K> keys) {
    return cache.getAll(keys, source::loadAll);
  }

  /**
   * Keeps a value that the source has now. After a write prefer {@link #delete}: of two writers the
   * later caller is not always the later one to commit.
   */
  @Override
  public Acknowledgement set(K key, V value) {
    return cache.put(key, value);
  }

  @Override
  public void setMany(Map<? extends K, ? extends V> values) {
    putAll(values);
  }
}
