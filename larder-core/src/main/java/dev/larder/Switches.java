package dev.larder;

import java.util.Map;

/**
 * Turns caches off and on while the application runs, in this process. A key is cached if the switch of
 * the whole larder takes it and that of its cache does.
 */
public interface Switches {

  /** The switch of all caches at once. */
  Switch all();

  /**
   * The switch of one cache.
   *
   * @param name name of the cache, which need not have been made yet
   */
  Switch cache(String name);

  /** The caches whose own switch is not fully on: name to percentage, by name. */
  Map<String, Integer> limited();
}
