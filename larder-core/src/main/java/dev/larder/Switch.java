package dev.larder;

/**
 * How large a share of keys is cached, in this process: all, none, or a percentage for a roll-out.
 *
 * <p>A key that is not cached is neither looked up nor stored: each read of it asks its source, without
 * waiting for others who do. Invalidations are recorded and applied as ever, and a write is one. So
 * nothing stale is there when the key is cached again; what was valid all the while is.
 *
 * <p>Which keys a percentage takes follows from the key alone: they are the same in every process and at
 * every start, and a larger percentage takes those of a smaller one too. Safe for many threads; a change
 * holds for calls that begin after it, and loads under way are not stored.
 */
public interface Switch {

  /** Caches all keys. */
  default void on() {
    percent(100);
  }

  /** Caches none. */
  default void off() {
    percent(0);
  }

  /**
   * Caches a share of the keys.
   *
   * @param percent 0 (none) to 100 (all, the default)
   * @throws IllegalArgumentException if it is neither
   */
  void percent(int percent);

  /** The share of keys that are cached, 0 to 100. */
  int percent();
}
