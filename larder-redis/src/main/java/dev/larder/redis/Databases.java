package dev.larder.redis;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which database of a server holds a slot. The key says it: {@code prefix:purpose/cache:...}.
 *
 * @param stem what the keys begin with, colon included
 * @param own the database of the address, which has the log, the markers and all other slots
 * @param byPurpose the others
 */
record Databases(String stem, int own, Map<String, Integer> byPurpose) {

  static Databases of(String keyPrefix, int own, Map<String, Integer> byPurpose) {
    return new Databases(keyPrefix + ':', own, new TreeMap<>(byPurpose));
  }

  /** The database of a slot key. */
  int of(String key) {
    if (byPurpose.isEmpty() || !key.startsWith(stem)) {
      return own;
    }
    // A part of the key may have a slash too, the cache's name may not.
    int slash = key.indexOf('/', stem.length());
    int colon = key.indexOf(':', stem.length());
    return slash < 0 || slash > colon
        ? own
        : byPurpose.getOrDefault(key.substring(stem.length(), slash), own);
  }

  /** Those beside the address's own. */
  Set<Integer> others() {
    Set<Integer> others = new TreeSet<>(byPurpose.values());
    others.remove(own);
    return others;
  }

  /** Says the same for two configurations that put every slot into the same database. */
  String text() {
    StringBuilder text = new StringBuilder();
    byPurpose.forEach((purpose, database) -> {
      if (database != own) {
        text.append(text.isEmpty() ? "" : ", ").append(purpose).append('=').append(database);
      }
    });
    return text.isEmpty() ? "none" : text.toString();
  }
}
