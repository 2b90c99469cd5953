package dev.larder.showcase.algoitny.cache;

import dev.larder.Cache;
import dev.larder.InvalidationBatch;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is meant by a pattern such as {@code problem_list*}. The document's application scans all keys for
 * it; here it has to name caches or the first parts of keys, which one record ends:
 *
 * <pre>
 * problem_*              every cache whose name begins so
 * problem_list*          the same
 * problem_list:baekjoon:*   the keys of one cache that begin with these parts
 * *                      every cache of AlgoItny
 * </pre>
 */
final class CachePattern {
  private static final Pattern NAMES = Pattern.compile("([A-Za-z0-9_.-]*)\\*");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_.-]+):(.+):\\*");

  /** Words, for people who typed something else. */
  static final String FORMS = "the beginning of a cache's name and *, or cache:part:*";

  private CachePattern() {}

  /**
   * Adds what a pattern means.
   *
   * @return names of the caches concerned; empty if the pattern has another form or means no cache
   */
  static List<String> add(InvalidationBatch batch, Larder larder, String pattern) {
    var names = NAMES.matcher(pattern);
    List<String> found = new ArrayList<>();
    if (names.matches()) {
      for (String name : larder.cacheNames()) {
        if (name.startsWith(names.group(1))) {
          batch.cache(larder.find(name).orElseThrow());
          found.add(name);
        }
      }
      return found;
    }
    var prefix = PREFIX.matcher(pattern);
    if (prefix.matches()) {
      Optional<Cache<?, ?>> cache = larder.find(prefix.group(1));
      if (cache.isPresent()) {
        batch.prefix(cache.get(), parts(prefix.group(1), prefix.group(2)));
        found.add(prefix.group(1));
      }
    }
    return found;
  }

  /** Numbers are numbers in keys, except for what people search for. */
  private static Object[] parts(String cache, String text) {
    String[] parts = text.split(":", -1);
    Object[] typed = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      boolean isText = cache.equals("problem_list") && i < 2;
      typed[i] =
          !isText && parts[i].matches("\\d{1,9}") ? (Object) Integer.valueOf(parts[i]) : parts[i];
    }
    return typed;
  }
}
