package dev.larder;

/**
 * Whom an entry is for, from the widest audience to the narrowest.
 *
 * <p>An entry must not depend on more than its key says. A load that reads who is asking, in a cache
 * whose scope does not allow it, is not stored.
 */
public enum CacheScope {
  /** Everybody gets the same value. */
  PUBLIC,
  /** The key names the tenant; all users of one get the same value. */
  TENANT,
  /** The key names the user. */
  USER
}
