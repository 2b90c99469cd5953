package dev.larder.spring.cache;

import dev.larder.Lookup;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * A cache of Larder as Spring sees it. Null is a value. A failing tier never fails a call; an unstable
 * key does, with {@link IllegalArgumentException} that says what to do.
 *
 * <p>{@link #put} says that the value is the source's now. What was read from the source earlier
 * belongs into {@link #get(Object, Callable)}, or into a method annotated {@code @Cacheable}: they
 * store it only if nothing was invalidated since the reading began.
 *
 * <p>Safe for many threads. Costs are those of {@link dev.larder.Cache}.
 */
public final class LarderCache implements Cache {

  private final String name;
  private final dev.larder.Cache<List<@Nullable Object>, Object> cache;
  private final SpringKeys keys;

  LarderCache(String name, dev.larder.Cache<List<@Nullable Object>, Object> cache) {
    this.name = name;
    this.cache = cache;
    this.keys = new SpringKeys(name);
  }

  @Override
  public String getName() {
    return name;
  }

  /** The {@link dev.larder.Cache}; its keys are the lists that this makes of Spring's keys. */
  @Override
  public dev.larder.Cache<List<@Nullable Object>, Object> getNativeCache() {
    return cache;
  }

  List<@Nullable Object> tuple(Object key) {
    return keys.tuple(key);
  }

  @Override
  public @Nullable ValueWrapper get(Object key) {
    return wrapped(cache.get(tuple(key)));
  }

  @Override
  public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
    ValueWrapper found = get(key);
    Object value = found == null ? null : found.get();
    if (value != null && type != null && !type.isInstance(value)) {
      throw new IllegalStateException("cache \"" + name + "\": the value is a "
          + value.getClass().getName() + ", not a " + type.getName());
    }
    @SuppressWarnings("unchecked")
    T typed = (T) value;
    return typed;
  }

  /**
   * {@inheritDoc}
   *
   * <p>One load at a time for a key, across all processes that share a tier.
   */
  @Override
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    List<@Nullable Object> tuple = tuple(key);
    try {
      @SuppressWarnings("unchecked")
      T value = (T) cache.get(tuple, same -> valueLoader.call());
      return value;
    } catch (Exception failure) {
      throw new ValueRetrievalException(key, valueLoader, failure);
    }
  }

  @Override
  public @Nullable CompletableFuture<?> retrieve(Object key) {
    return cache
        .async()
        .get(tuple(key))
        .<@Nullable ValueWrapper>thenApply(LarderCache::wrapped)
        .toCompletableFuture();
  }

  @Override
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    Thread caller = Thread.currentThread();
    @SuppressWarnings("unchecked")
    CompletableFuture<T> value = (CompletableFuture<T>) cache
        .async()
        .get(tuple(key), same -> Handover.call(caller, valueLoader))
        .toCompletableFuture();
    return value;
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    cache.put(tuple(key), value);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Atomic across all processes that share a tier: it is a load that finds the value given.
   */
  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    boolean[] isMine = new boolean[1];
    Object now = cache.get(tuple(key), same -> {
      isMine[0] = true;
      return value;
    });
    return isMine[0] ? null : new SimpleValueWrapper(now);
  }

  /** Ends the entry, everywhere, before it returns. */
  @Override
  public void evict(Object key) {
    cache.invalidate(tuple(key));
  }

  /** As {@link #evict}, and says whether there was an entry; one look more. */
  @Override
  public boolean evictIfPresent(Object key) {
    List<@Nullable Object> tuple = tuple(key);
    boolean wasPresent = cache.get(tuple).isAnswered();
    cache.invalidate(tuple);
    return wasPresent;
  }

  /** Ends all entries, everywhere, before it returns: one record, however many entries. */
  @Override
  public void clear() {
    cache.clear();
  }

  /** As {@link #clear}; true if L1 held entries, since nobody counts those below. */
  @Override
  public boolean invalidate() {
    boolean heldSome = cache.stats().l1Size() > 0;
    cache.clear();
    return heldSome;
  }

  static @Nullable ValueWrapper wrapped(Lookup<Object> lookup) {
    if (lookup instanceof Lookup.Hit<Object> hit) {
      return new SimpleValueWrapper(hit.value());
    }
    return lookup instanceof Lookup.Absence<Object> ? new SimpleValueWrapper(null) : null;
  }

  @Override
  public String toString() {
    return "LarderCache " + name;
  }
}
