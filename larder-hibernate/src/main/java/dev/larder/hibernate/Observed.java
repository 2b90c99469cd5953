package dev.larder.hibernate;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the modes other than enforcing say, and which tables each cache has been seen to read. */
final class Observed {

  private static final Logger LOG = LoggerFactory.getLogger(Observed.class);
  private final Map<String, Set<String>> caches = new ConcurrentHashMap<>();
  private final Set<String> capturing = ConcurrentHashMap.newKeySet();
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  private final CaptureMode mode;

  Observed(CaptureMode mode) {
    this.mode = mode;
  }

  /** The loads of a cache query a table. */
  void table(String cache, String table) {
    note(cache, table);
    say(
        cache,
        "table " + table,
        "cache {} queries the table {}: its entries need capture, or the tag \"{}\"",
        table,
        TableTags.table(table));
  }

  /** The loads of a cache read an entity by its identifier. */
  void row(String cache, EntityTags entity) {
    entity.tables().forEach(table -> note(cache, TableTags.plain(table)));
    String tag = entity.templates().stream()
        .filter(TagTemplate::isOfIdentifier)
        .findFirst()
        .map(TagTemplate::source)
        .orElse(entity.rootName().toLowerCase(Locale.ROOT)
            + ":{id}\" and the entity @InvalidatesTags of the same");
    say(
        cache,
        "row " + entity.rootName(),
        "cache {} reads {} by its identifier: its entries need capture, or the tag \"{}\"",
        entity.rootName(),
        tag);
  }

  private void note(String cache, String table) {
    caches
        .computeIfAbsent(Statements.last(table), name -> ConcurrentHashMap.newKeySet())
        .add(cache);
  }

  private void say(String cache, String what, String text, String read, String tag) {
    if (mode == CaptureMode.SUGGEST && said.add(cache + " " + what)) {
      LOG.info(text, cache, read, tag);
    }
  }

  /** The tags that an entry of a cache depends on. */
  void tags(String cache, Collection<String> tags) {
    if (mode == CaptureMode.OBSERVE) {
      LOG.debug("an entry of cache {} depends on {}", cache, tags);
    }
  }

  /** A load of a cache that captures has been seen. */
  void capturing(String cache) {
    capturing.add(cache);
  }

  /** Whether the cache's entries have what was read as their tags. */
  boolean isCapturing(String cache) {
    return capturing.contains(cache);
  }

  /** The caches whose loads have been seen, in this process, to read a table, named without its schema. */
  Set<String> readers(String table) {
    return new TreeSet<>(caches.getOrDefault(table, Collections.emptySet()));
  }
}
