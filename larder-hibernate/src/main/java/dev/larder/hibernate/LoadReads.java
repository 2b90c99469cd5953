package dev.larder.hibernate;

import dev.larder.Loading;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * What one load has read so far. Tags that others make needless are left out: a row of tables that count
 * as read wholly, and rows past {@value #MAX_ROWS} of one entity, for which the table stands.
 */
final class LoadReads {

  private static final int MAX_ROWS = 100;

  // The map that holds this is keyed by the load, and weak.
  private final WeakReference<Loading> loading;
  private final String cache;
  private final Observed observed;
  private final Set<String> tables = new LinkedHashSet<>();
  private final Set<String> rows = new LinkedHashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<SharedSessionContractImplementor> sessions =
      Collections.newSetFromMap(new WeakHashMap<>());

  LoadReads(Loading loading, Observed observed) {
    this.loading = new WeakReference<>(loading);
    this.cache = loading.cache();
    this.observed = observed;
    if (loading.isCapturing()) {
      observed.capturing(cache);
    }
  }

  /** Whether this load has not used the session before. */
  synchronized boolean isFirst(SharedSessionContractImplementor session) {
    return sessions.add(session);
  }

  /** The load has read tables by something else than a row's identifier. */
  synchronized void tables(Collection<String> read) {
    Set<String> tags = new LinkedHashSet<>();
    for (String table : read) {
      if (!TableTags.isTable(table)) {
        refuse("it read what is no table (@Synchronize names the tables behind it): " + table);
      } else if (tables.add(table)) {
        tags.add(TableTags.table(table));
        observed.table(cache, TableTags.plain(table));
      }
    }
    depend(tags);
  }

  /** The load has read, or looked for, a row by its identifier. */
  synchronized void row(EntityTags entity, Object id, SharedSessionContractImplementor session) {
    if (tables.containsAll(entity.tables())) {
      return;
    }
    String row = entity.row(id, session);
    if (!rows.add(row)) {
      return;
    }
    if (counts.merge(entity.rootName(), 1, Integer::sum) > MAX_ROWS) {
      tables(entity.tables());
      return;
    }
    Set<String> tags = new LinkedHashSet<>();
    tags.add(row);
    for (String table : entity.tables()) {
      if (TableTags.isTable(table)) {
        tags.add(TableTags.rows(table));
      } else {
        refuse("it read what is no table (@Synchronize names the tables behind it): " + table);
      }
    }
    // So that who ends album:42 by hand, or a trigger that does, ends what was captured too.
    entity.templates().stream().filter(TagTemplate::isOfIdentifier).forEach(template -> {
      String tag = template.tag(id, null, session);
      if (tag != null) {
        tags.add(tag);
      }
    });
    observed.row(cache, entity);
    depend(tags);
  }

  /** Nobody can say what the entry depends on, or it may be older than it looks. */
  void refuse(String reason) {
    Loading of = loading.get();
    if (of != null) {
      of.doNotStore(reason);
    }
  }

  private void depend(Set<String> tags) {
    Loading of = loading.get();
    if (of != null && !tags.isEmpty()) {
      observed.tags(cache, tags);
      of.dependsOn(tags);
    }
  }
}
