package dev.larder.internal.manage;

import dev.larder.CodecException;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Target;
import dev.larder.manage.Aim;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Preview;
import dev.larder.manage.Preview.CacheCount;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists and counts keys, page by page, in the nearest store that answers or else in L1. Blocks. */
final class KeyCount {

  private static final int PAGE = 1_000;

  /** Values that are read at once for their tags: they may be large. */
  private static final int VALUES = 100;

  /** A list or a count that looks at more keys than this stops and says so. */
  private static final int MOST_KEYS = 200_000;

  private final StoreInspection stores;
  private final LocalView local;
  private final String keyPrefix;

  KeyCount(StoreInspection stores, LocalView local, String keyPrefix) {
    this.stores = stores;
    this.local = local;
    this.keyPrefix = keyPrefix;
  }

  KeyPage list(KeyQuery query) {
    Set<String> found = new LinkedHashSet<>();
    Optional<GuardedStore> store = stores.nearest();
    boolean hasMore = false;
    if (store.isPresent()) {
      Tier tier = store.get().tier();
      String cursor = "";
      int looked = 0;
      do {
        String from = cursor;
        Tier.KeyPage page = StoreInspection.ask(
            store.get(), () -> tier.keys(keyPrefix + ':', query.contains(), from, PAGE));
        for (String slot : page.keys()) {
          // A key may have a purpose before the cache's name, so its beginning does not tell.
          if (query.cache().isEmpty() || query.cache().equals(stores.cacheOf(slot))) {
            found.add(slot);
          }
        }
        looked += PAGE;
        cursor = page.next();
      } while (!cursor.isEmpty() && found.size() <= query.limit() && looked < MOST_KEYS);
      hasMore = !cursor.isEmpty();
    }
    boolean isPart = stores.isPart();
    for (CacheInspection cache : local.caches()) {
      if ((isPart || !cache.isShared())
          && (query.cache().isEmpty() || cache.name().equals(query.cache()))) {
        found.addAll(cache.slots(query.contains(), query.limit() + 1));
      }
    }
    List<String> keys = new ArrayList<>(found);
    hasMore |= keys.size() > query.limit();
    return new KeyPage(
        store.map(it -> it.place().name() + (isPart ? " and L1" : "")).orElse("L1"),
        keys.size() > query.limit() ? List.copyOf(keys.subList(0, query.limit())) : keys,
        hasMore);
  }

  /** Protected caches that a sweep over all leaves alone. */
  List<String> spared(Aim aim, Map<String, Boolean> isProtected) {
    return aim.kind() != Aim.Kind.ALL
        ? List.of()
        : isProtected.keySet().stream().filter(isProtected::get).sorted().toList();
  }

  Preview preview(Aim aim, Map<String, Boolean> isProtected) {
    List<String> spared = spared(aim, isProtected);
    Tally tally = new Tally();
    switch (aim.kind()) {
      case KEY -> {
        Set<String> wanted = new HashSet<>(aim.names());
        Optional<GuardedStore> store = stores.nearest();
        if (store.isPresent()) {
          StoreInspection.ask(store.get(), () -> store.get().tier().readAll(wanted))
              .forEach((slot, read) -> {
                if (read instanceof Slot.Filled) {
                  tally.add(slot);
                }
              });
        }
        inL1(wanted, tally);
        if (tally.entries() < wanted.size()) {
          tally.noteSilent();
        }
      }
      case TAG -> {
        Set<String> tags = new HashSet<>(aim.names());
        sweep(keyPrefix + ':', any -> true, body -> body.stream().anyMatch(tags::contains), tally);
        local.caches().forEach(cache -> cache.tagged(tags).forEach(tally::add));
      }
      case PREFIX ->
        aim.names().forEach(prefix -> {
          if (stores.prefix(prefix).kind() == Target.Kind.CACHE) {
            sweepCaches(Set.of(String.valueOf(stores.cacheOf(prefix))), tally);
          } else {
            sweep(prefix, any -> true, null, tally);
          }
        });
      case CACHE -> sweepCaches(Set.copyOf(aim.names()), tally);
      case ALL -> sweep(keyPrefix + ':', any -> true, null, tally);
    }
    spared.forEach(tally.perCache::remove);
    List<CacheCount> counts = new ArrayList<>();
    tally.perCache.forEach((cache, slots) -> counts.add(new CacheCount(cache, slots.size())));
    counts.sort((a, b) -> Long.compare(b.entries(), a.entries()));
    long entries = counts.stream().mapToLong(CacheCount::entries).sum();
    return new Preview(
        entries, tally.reasons.isEmpty(), counts, spared, List.copyOf(tally.reasons));
  }

  private void sweepCaches(Set<String> caches, Tally tally) {
    sweep(
        keyPrefix + ':',
        slot -> {
          String cache = stores.cacheOf(slot);
          return cache != null && caches.contains(cache);
        },
        null,
        tally);
  }

  private void inL1(Set<String> wanted, Tally tally) {
    for (CacheInspection cache : local.caches()) {
      for (String slot : cache.slots("", Integer.MAX_VALUE)) {
        if (wanted.contains(slot)) {
          tally.add(slot);
        }
      }
    }
  }

  private final class Tally {
    final Map<String, Set<String>> perCache = new TreeMap<>();
    final Set<String> reasons = new LinkedHashSet<>();
    int looked;

    int entries() {
      return perCache.values().stream().mapToInt(Set::size).sum();
    }

    /** The other nodes may have in L1 what a tier that is silent would have told of. */
    void noteSilent() {
      for (GuardedStore store : stores.stores()) {
        if (store.isDown()) {
          reasons.add(store.place() + " (" + store.store().name() + ") does not answer, so its"
              + " entries are not counted, nor what only other nodes have in L1");
        }
      }
    }

    void add(String slot) {
      String cache = stores.cacheOf(slot);
      perCache
          .computeIfAbsent(cache == null ? "" : cache, name -> new HashSet<>())
          .add(slot);
    }
  }

  private void sweep(
      String prefix,
      Predicate<String> wanted,
      @Nullable Predicate<List<String>> tags,
      Tally tally) {
    Optional<GuardedStore> found = stores.nearest();
    if (found.isPresent()) {
      GuardedStore store = found.get();
      String cursor = "";
      do {
        String from = cursor;
        Tier.KeyPage page =
            StoreInspection.ask(store, () -> store.tier().keys(prefix, "", from, PAGE));
        List<String> keys = page.keys().stream().filter(wanted).toList();
        for (int i = 0; i < keys.size(); i += VALUES) {
          count(store, keys.subList(i, Math.min(i + VALUES, keys.size())), tags, tally);
        }
        tally.looked += page.keys().size();
        cursor = page.next();
        if (!cursor.isEmpty() && tally.looked >= MOST_KEYS) {
          tally.reasons.add(String.format(
              Locale.ROOT, "counting stopped after %,d keys, and there are more", tally.looked));
          return;
        }
      } while (!cursor.isEmpty());
    }
    tally.noteSilent();
    if (tags == null) {
      for (CacheInspection cache : local.caches()) {
        for (String slot : cache.slots("", Integer.MAX_VALUE)) {
          if (slot.startsWith(prefix) && wanted.test(slot)) {
            tally.add(slot);
          }
        }
      }
    }
  }

  private void count(
      GuardedStore store,
      Collection<String> keys,
      @Nullable Predicate<List<String>> tags,
      Tally tally) {
    if (tags == null) {
      keys.forEach(tally::add);
      return;
    }
    StoreInspection.ask(store, () -> store.tier().readAll(keys)).forEach((slot, read) -> {
      if (read instanceof Slot.Filled filled) {
        try {
          if (tags.test(Envelope.open(slot, filled.body()).tags())) {
            tally.add(slot);
          }
        } catch (CodecException foreign) {
          // Not an entry of ours, so nothing that an invalidation could end.
          tally.looked++;
        }
      }
    });
  }

  static void requireKnown(String cache, Collection<String> known) {
    if (!cache.isEmpty() && !known.isEmpty() && !known.contains(cache)) {
      throw new ManagementException(
          Reason.NOT_FOUND,
          "cache: no cache '" + cache + "'; there are " + String.join(", ", known));
    }
  }
}
