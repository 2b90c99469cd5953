package dev.larder.manage;

/**
 * Which keys to list.
 *
 * @param cache name of a cache; empty for all
 * @param contains text that the slot key must contain; empty for all
 * @param limit most keys, 1 to 10,000
 */
public record KeyQuery(String cache, String contains, int limit) {

  /** Most keys of one answer. */
  public static final int MAX = 10_000;

  /** Checks the limit. */
  public KeyQuery {
    if (limit < 1 || limit > MAX) {
      throw new ManagementException(
          ManagementException.Reason.WRONG_QUESTION, "limit: " + limit + " is not 1 to " + MAX);
    }
  }
}
