package dev.larder.manage;

import java.util.List;

/**
 * What an invalidation is to cover.
 *
 * @param kind how {@code names} are read
 * @param names slot keys; tags; beginnings of slot keys that end in {@code ':'}; names of caches; none
 *     for everything
 */
public record Aim(Kind kind, List<String> names) {

  /** How names are read. */
  public enum Kind {
    /** Slot keys. */
    KEY,
    /** Tags. */
    TAG,
    /** Beginnings of slot keys that end at a part; at the cache's name or version, the cache. */
    PREFIX,
    /** Names of caches. */
    CACHE,
    /** Every cache that is not protected. */
    ALL
  }

  /** Copies and checks. */
  public Aim {
    names = List.copyOf(names);
    if ((kind == Kind.ALL) != names.isEmpty()) {
      throw new ManagementException(
          ManagementException.Reason.WRONG_QUESTION,
          kind == Kind.ALL ? "all: takes no names, saw " + names : kind + ": names nothing");
    }
  }
}
