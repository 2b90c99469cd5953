package dev.larder.strategy;

import dev.larder.Acknowledgement;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Loader;
import dev.larder.SourceWriter;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the source first and the cache with it, and reads nothing older than any acknowledged write:
 * messages of a conversation, a balance, stock.
 *
 * <p><b>Guarantee.</b> A read that begins, on any node, after a write was acknowledged as {@link
 * Acknowledgement.Appended} has that write or a later one. Before it answers, the node proves that it
 * knows every invalidation; if it cannot, since a log does not answer, it reads the source. Of two
 * writers at the same time neither stores its value unless it was the last: then the key is
 * invalidated, and the next reader loads.
 *
 * <p><b>Cost.</b> A read takes one round trip to each log even if L1 has the entry, and all reads at
 * the same time share it. A write takes those of {@link dev.larder.Cache#write}. Where milliseconds do
 * not matter read {@link #cache} instead, or use {@link CacheAside}.
 *
 * <p>A process that dies between the source's commit and the record leaves entries in the L1 of other
 * nodes until their ttl. Write in a transaction with the outbox where that matters, or let the source
 * tell the nodes.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class WriteThrough<K, V> extends CacheStrategy<K, V> {

  private final Source<K, V> source;

  private WriteThrough(
      Larder larder, String namespace, CachePolicy<K, V> policy, Source<K, V> source) {
    super(larder, namespace, policy);
    this.source = source;
  }

  /**
   * Makes the namespace.
   *
   * @param source a {@link WritableSource}, or one that is read only: then writes go through {@link
   *     #write} alone
   */
  public static <K, V> WriteThrough<K, V> of(
      Larder larder, String namespace, CachePolicy<K, V> policy, Source<K, V> source) {
    return new WriteThrough<>(larder, namespace, policy, source);
  }

  @Override
  public @Nullable V get(K key) {
    return isCaughtUp() ? cache.get(key, source::load) : source.load(key);
  }

  @Override
  public Map<K, V> getMany(Collection<? extends K> keys) {
    return isCaughtUp()
        ? cache.getAll(keys, source::loadAll)
        : source.loadAll(new java.util.LinkedHashSet<>(keys));
  }

  @Override
  public <X extends Exception> @Nullable V getOrSet(K key, Loader<? super K, ? extends V, X> loader)
      throws X {
    return isCaughtUp() ? cache.get(key, loader) : loader.load(key);
  }

  /**
   * Writes the source, then the cache.
   *
   * @throws UnsupportedOperationException if the source was not given as a {@link WritableSource}
   */
  @Override
  public Acknowledgement set(K key, V value) {
    if (source instanceof WritableSource<K, V> writable) {
      return write(key, () -> writable.store(key, value));
    }
    throw new UnsupportedOperationException(
        "the source of " + namespace() + " is read only: use write");
  }

  /** Writes one after the other. */
  @Override
  public void setMany(Map<? extends K, ? extends V> values) {
    values.forEach(this::set);
  }

  /**
   * Writes by a writer of the caller's, for a change that is more than a new value: to add a message
   * and return the newest fifty.
   *
   * @throws X what the writer throws; the key is invalidated then
   */
  public <X extends Exception> Acknowledgement write(K key, SourceWriter<? extends V, X> writer)
      throws X {
    return cache.write(key, writer);
  }

  private boolean isCaughtUp() {
    return larder.catchUp().toCompletableFuture().join();
  }
}
