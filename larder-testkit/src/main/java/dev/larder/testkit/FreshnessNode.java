package dev.larder.testkit;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.InvalidationBatch;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.testkit.FreshnessFloors.Reachable;
import dev.larder.testkit.VersionedSource.Item;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One node of a freshness check: reads that are held against the floors, and writes that raise them.
 *
 * <p>A read asks for its floor before it begins. A write asks for the versions that its invalidation
 * covers before the invalidation begins, and raises the floors once that was acknowledged.
 */
final class FreshnessNode {

  private final int index;
  private final Larder larder;
  private final Cache<Item, String> cache;
  private final VersionedSource source;
  private final FreshnessFloors floors;
  private final boolean exactPositions;

  final AtomicLong reads = new AtomicLong();
  final AtomicLong invalidations = new AtomicLong();
  final AtomicLong deferred = new AtomicLong();

  FreshnessNode(
      int index,
      Larder larder,
      Cache<Item, String> cache,
      VersionedSource source,
      FreshnessFloors floors,
      boolean exactPositions) {
    this.index = index;
    this.larder = larder;
    this.cache = cache;
    this.source = source;
    this.floors = floors;
    this.exactPositions = exactPositions;
  }

  Larder larder() {
    return larder;
  }

  Cache<Item, String> cache() {
    return cache;
  }

  // Reads

  void get(Item item) {
    check("get", item, least(item), () -> cache.get(item, source::load));
  }

  void getAsync(Item item) {
    check(
        "async get",
        item,
        least(item),
        () -> join(
            cache.async().get(item, key -> CompletableFuture.supplyAsync(() -> source.load(key)))));
  }

  void refresh(Item item) {
    check("refresh", item, least(item), () -> cache.refresh(item, source::load));
  }

  /** Reads with the newest position that anybody was given for the item. */
  void getAtLeast(Item item) {
    Reachable reachable = floors.reachable(item.id());
    if (reachable == null) {
      get(item);
      return;
    }
    long least = Math.max(least(item), exactPositions ? reachable.version() : 0);
    check(
        "get at least " + reachable.position(),
        item,
        least,
        () -> cache.atLeast(reachable.position()).get(item, source::load));
  }

  /** Reads without loading; a miss is always right. */
  void lookup(Item item) {
    check("lookup", item, least(item), () -> hit(item, cache.get(item)));
  }

  /** Replaces the cached value by itself, which must not make an old one valid. */
  void update(Item item) {
    check("update", item, least(item), () -> hit(item, cache.update(item, value -> value)));
  }

  void touch(Item item) {
    boolean touched = cache.touch(item, Duration.ofMinutes(30));
    floors.event(item.id(), "node " + index + " touch " + touched);
  }

  void getAll(Collection<Item> items) {
    Map<Item, Long> least = new LinkedHashMap<>();
    items.forEach(item -> least.put(item, least(item)));
    Map<Item, String> values = cache.getAll(items, missing -> {
      Map<Item, String> loaded = new HashMap<>();
      missing.forEach(item -> loaded.put(item, source.load(item)));
      return loaded;
    });
    least.forEach((item, version) -> check("getAll", item, version, () -> values.get(item)));
  }

  // Writes

  void writeAndInvalidate(Item item) {
    source.commit(item);
    invalidate("invalidate", List.of(item), () -> cache.invalidate(item));
  }

  void writeAndInvalidateAsync(Item item) {
    source.commit(item);
    invalidate("async invalidate", List.of(item), () -> join(cache.async().invalidate(item)));
  }

  void writeThrough(Item item) {
    long[] version = new long[1];
    Acknowledgement done = cache.write(item, () -> {
      version[0] = source.commit(item);
      return VersionedSource.value(item, version[0]);
    });
    acknowledged("write", Map.of(item, version[0]), done);
  }

  void writeAllAndInvalidate(Collection<Item> items) {
    items.forEach(source::commit);
    invalidate("invalidateAll", items, () -> cache.invalidateAll(items));
  }

  /** Writes items of one group, and invalidates by the group's tag. */
  void writeAndInvalidateTag(Collection<Item> items, int group) {
    items.forEach(source::commit);
    invalidate("invalidateTags", group(group), () -> larder.invalidateTags(Item.tag(group)));
  }

  void writeAndInvalidatePrefix(Collection<Item> items, int group) {
    items.forEach(source::commit);
    invalidate("invalidatePrefix", group(group), () -> cache.invalidatePrefix(group));
  }

  void writeAndInvalidateBatch(Collection<Item> items, int group) {
    items.forEach(source::commit);
    Collection<Item> covered = new java.util.LinkedHashSet<>(group(group));
    covered.addAll(items);
    InvalidationBatch batch = larder.batch().tags(Item.tag(group));
    items.forEach(item -> batch.key(cache, item));
    invalidate("batch", covered, batch::apply);
  }

  void writeAndClear(Collection<Item> items, boolean larderToo) {
    items.forEach(source::commit);
    invalidate("clear", all(), larderToo ? larder::clear : cache::clear);
  }

  /** Reads an item that must be at the newest version anybody was acknowledged. */
  void checkNewest(Item item) {
    check("get after the end", item, floors.newest(item.id()), () -> cache.get(item, source::load));
  }

  private void invalidate(
      String how, Collection<Item> covered, Supplier<Acknowledgement> invalidation) {
    Map<Item, Long> versions =
        covered.stream().distinct().collect(Collectors.toMap(item -> item, source::version));
    acknowledged(how, versions, invalidation.get());
  }

  private void acknowledged(String how, Map<Item, Long> versions, Acknowledgement done) {
    invalidations.incrementAndGet();
    if (done instanceof Acknowledgement.Deferred) {
      deferred.incrementAndGet();
    }
    versions.forEach((item, version) -> {
      floors.acknowledged(index, item.id(), version, done.position().orElse(null));
      floors.event(item.id(), "node " + index + " " + how + " of version " + version + ": " + done);
    });
  }

  private Collection<Item> all() {
    return java.util.stream.IntStream.range(0, source.size())
        .mapToObj(source::item)
        .toList();
  }

  private Collection<Item> group(int group) {
    return all().stream().filter(item -> item.group() == group).toList();
  }

  private long least(Item item) {
    return floors.least(index, item.id());
  }

  /** What a lookup found; a miss counts as what the source has now. */
  private String hit(Item item, Lookup<String> found) {
    String value = found.orNull();
    return value == null ? VersionedSource.value(item, source.version(item)) : value;
  }

  private void check(String how, Item item, long least, Supplier<@Nullable String> read) {
    String value = read.get();
    if (value == null) {
      throw new AssertionError("node " + index + " " + how + " of " + item + " returned null");
    }
    reads.incrementAndGet();
    long version = VersionedSource.version(item, value);
    floors.event(item.id(), "node " + index + " " + how + " got " + version);
    if (version < least) {
      throw new AssertionError(
          "node %d read version %d of %s by %s, though %d was acknowledged before it began%n%s"
              .formatted(index, version, item, how, least, floors.story(item.id())));
    }
  }

  private static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
