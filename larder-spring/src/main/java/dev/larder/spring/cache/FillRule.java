package dev.larder.spring.cache;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/** One cache operation of one call, as far as a load must know it. */
interface FillRule {

  /** Whether it is a {@code @Cacheable}. */
  boolean isFill();

  /** Whether it is a {@code @CachePut}. */
  boolean isPut();

  /** Whether {@code unless} lets the value be stored. */
  boolean mayStore(@Nullable Object value);

  /**
   * Its key; null if its condition does not hold.
   *
   * @param noValue Spring's word for no result yet, as {@link #noValue} of a rule that was asked
   */
  @Nullable Object key(@Nullable Object noValue);

  /** Spring's word for no result yet; null if this rule was not asked before the method ran. */
  @Nullable Object noValue();

  /** Its caches, as this call sees them. */
  Collection<? extends Cache> views();
}
