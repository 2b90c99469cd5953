package dev.larder.spring.cache;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * A cache as one {@code @Cacheable} operation of one call sees it. It notes what the look gave, so that
 * the method can run as the load of what was missed; {@link #put} therefore does nothing.
 *
 * <p>Belongs to one call, which may go on in other threads, one after the other.
 */
final class FillView implements Cache {

  /** What came of the look. */
  private enum Look {
    NONE,
    MISS,
    HIT,
    FAILED,
    /** The caller's loader fills, not this. */
    DELEGATED
  }

  private final LarderCache cache;
  private final Invocation invocation;
  private final FillRule rule;
  private volatile Look look = Look.NONE;
  private volatile @Nullable List<@Nullable Object> tuple;

  FillView(LarderCache cache, Invocation invocation, FillRule rule) {
    this.cache = cache;
    this.invocation = invocation;
    this.rule = rule;
  }

  FillRule rule() {
    return rule;
  }

  boolean isHit() {
    return look == Look.HIT;
  }

  /** The tuple that a load has to fill; null if this cache is not to be filled. */
  @Nullable List<@Nullable Object> wanted(Object key) {
    if (look == Look.NONE) {
      try {
        tuple = cache.tuple(key);
        look = Look.MISS;
      } catch (IllegalArgumentException unstable) {
        look = Look.FAILED;
      }
    }
    return look == Look.MISS ? tuple : null;
  }

  @Override
  public String getName() {
    return cache.getName();
  }

  @Override
  public dev.larder.Cache<List<@Nullable Object>, Object> getNativeCache() {
    return cache.getNativeCache();
  }

  @Override
  public @Nullable ValueWrapper get(Object key) {
    look = Look.FAILED;
    List<@Nullable Object> wanted = cache.tuple(key);
    tuple = wanted;
    if (invocation.isSingleFill()) {
      // One look and one load in one step, so stale entries and early refreshes work too.
      look = Look.DELEGATED;
      return loaded(wanted);
    }
    ValueWrapper found = LarderCache.wrapped(getNativeCache().get(wanted));
    look = found == null ? Look.MISS : Look.HIT;
    return found;
  }

  /**
   * What the method throws is no error of the cache: Spring meets it when it opens the wrapper, behind
   * the place where it would ask its error handler and run the method again.
   */
  private ValueWrapper loaded(List<@Nullable Object> wanted) {
    Object value;
    try {
      value = invocation.load(this, wanted);
    } catch (RuntimeException failure) {
      return () -> {
        throw failure;
      };
    }
    return new SimpleValueWrapper(value);
  }

  @Override
  public @Nullable CompletableFuture<?> retrieve(Object key) {
    look = Look.FAILED;
    List<@Nullable Object> wanted = cache.tuple(key);
    tuple = wanted;
    if (invocation.isSingleFill() && invocation.isFuture()) {
      look = Look.DELEGATED;
      return invocation
          .loadAsync(this, wanted)
          .handle((value, failure) -> failure == null
              ? new SimpleValueWrapper(value)
              : (ValueWrapper) () -> {
                throw Invocation.sneak(Invocation.unwrap(failure));
              });
    }
    return getNativeCache()
        .async()
        .get(wanted)
        .<@Nullable ValueWrapper>thenApply(found -> {
          ValueWrapper wrapper = LarderCache.wrapped(found);
          look = wrapper == null ? Look.MISS : Look.HIT;
          return wrapper;
        })
        .toCompletableFuture();
  }

  @Override
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    look = Look.DELEGATED;
    return cache.get(key, valueLoader);
  }

  @Override
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    look = Look.DELEGATED;
    return cache.retrieve(key, valueLoader);
  }

  @Override
  public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
    return cache.get(key, type);
  }

  /** Nothing: the load has stored what may be stored. */
  @Override
  public void put(Object key, @Nullable Object value) {}

  @Override
  public void evict(Object key) {
    cache.evict(key);
  }

  @Override
  public boolean evictIfPresent(Object key) {
    return cache.evictIfPresent(key);
  }

  @Override
  public void clear() {
    cache.clear();
  }

  @Override
  public boolean invalidate() {
    return cache.invalidate();
  }
}
