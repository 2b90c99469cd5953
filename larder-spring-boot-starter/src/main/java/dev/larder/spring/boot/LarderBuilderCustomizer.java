package dev.larder.spring.boot;

import dev.larder.LarderBuilder;

/**
 * A bean that has the last word on how the larder is built, for what no property says: an executor, a
 * listener, a store of one's own. Called in the order of the beans.
 */
@FunctionalInterface
public interface LarderBuilderCustomizer {

  /** Changes the builder; what it sets here wins over properties. */
  void customize(LarderBuilder builder);
}
