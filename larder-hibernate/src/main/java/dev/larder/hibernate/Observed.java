package dev.larder.hibernate;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    say("cache %s queries the table %s: its entries need capture, or the tag \"%s\""
        .formatted(cache, table, TableTags.table(table)));
  }

  /** The loads of a cache read an entity by its identifier. */
  void row(String cache, EntityTags entity) {
    entity.tables().forEach(table -> note(cache, TableTags.plain(table)));
    String name = entity.rootName();
    Optional<String> own = entity.templates().stream()
        .filter(TagTemplate::isOfIdentifier)
        .map(TagTemplate::source)
        .findFirst();
    String tag = own.orElse(name.toLowerCase(Locale.ROOT) + ":{id}");
    say("cache %s reads %s by its identifier: its entries need capture, or the tag \"%s\"%s"
        .formatted(
            cache,
            name,
            tag,
            own.isPresent() ? "" : ", and " + name + " needs it in @InvalidatesTags"));
  }

  private void note(String cache, String table) {
    caches
        .computeIfAbsent(Statements.last(table), name -> ConcurrentHashMap.newKeySet())
        .add(cache);
  }

  private void say(String sentence) {
    if (mode == CaptureMode.SUGGEST && said.add(sentence)) {
      LOG.info("{}", sentence);
    }
  }

  /** What was suggested so far. */
  List<String> suggestions() {
    return said.stream().sorted().toList();
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
