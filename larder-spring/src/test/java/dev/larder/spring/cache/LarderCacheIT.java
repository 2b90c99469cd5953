package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Larder;
import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.SimpleKey;

/** What Spring's documentation of {@link Cache} says of each method, on every layout of tiers. */
class LarderCacheIT {

  private final List<AutoCloseable> open = new ArrayList<>();
  private final String prefix = Servers.freshPrefix();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private LarderCache cache(Layout layout) {
    Larder larder = Servers.larder(layout, prefix);
    open.add(larder);
    return new LarderCacheManager(
            larder, Servers.policies(layout, Map.of("albums", "java.lang.String")))
        .getCache("albums");
  }

  /** Stores a value in a way that every layout keeps. */
  private static void store(Cache cache, Object key, String value) {
    cache.evict(key);
    assertThat(cache.get(key, () -> value)).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource
  void name_andNativeCache(Layout layout) {
    LarderCache cache = cache(layout);

    assertThat(cache.getName()).isEqualTo("albums");
    assertThat(cache.getNativeCache()).isInstanceOf(dev.larder.Cache.class);
  }

  @ParameterizedTest
  @EnumSource
  void get_absentKey_isNull(Layout layout) {
    LarderCache cache = cache(layout);

    assertThat(cache.get("absent")).isNull();
    assertThat(cache.get("absent", String.class)).isNull();
    assertThat(cache.get("absent", (Class<?>) null)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void put_thenGet_readsItsOwnWrite(Layout layout) {
    LarderCache cache = cache(layout);
    store(cache, 1L, "old");

    cache.put(1L, "new");

    if (layout.keepsPuts()) {
      assertThat(cache.get(1L).get()).isEqualTo("new");
      assertThat(cache.get(1L, String.class)).isEqualTo("new");
      assertThat(cache.get(1L, (Class<?>) null)).isEqualTo("new");
      assertThat(cache.get(1L, Object.class)).isEqualTo("new");
    } else {
      assertThat(cache.get(1L)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"L1_DATABASE", "DATABASE"},
      mode = EnumSource.Mode.EXCLUDE)
  void put_null_isAValue(Layout layout) {
    LarderCache cache = cache(layout);

    cache.put("none", null);

    assertThat(cache.get("none")).isNotNull();
    assertThat(cache.get("none").get()).isNull();
    assertThat(cache.get("none", String.class)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void get_ofAnotherType_isRefused(Layout layout) {
    LarderCache cache = cache(layout);
    store(cache, 1L, "text");

    assertThatThrownBy(() -> cache.get(1L, Long.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("albums")
        .hasMessageContaining("java.lang.Long");
  }

  @ParameterizedTest
  @EnumSource
  void getWithLoader_loadsOnceAndKeepsTheValue(Layout layout) {
    LarderCache cache = cache(layout);
    AtomicInteger loads = new AtomicInteger();
    Callable<String> loader = () -> "value" + loads.incrementAndGet();

    assertThat(cache.get("key", loader)).isEqualTo("value1");
    assertThat(cache.get("key", loader)).isEqualTo("value1");
    assertThat(cache.get("key").get()).isEqualTo("value1");
  }

  @ParameterizedTest
  @EnumSource
  void getWithLoader_ofNull_keepsNull(Layout layout) {
    LarderCache cache = cache(layout);
    AtomicInteger loads = new AtomicInteger();
    Callable<String> loader = () -> {
      loads.incrementAndGet();
      return null;
    };

    assertThat(cache.get("key", loader)).isNull();
    assertThat(cache.get("key", loader)).isNull();
    assertThat(cache.get("key").get()).isNull();
    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void getWithLoader_thatThrows_wrapsAndKeepsNothing(Layout layout) {
    LarderCache cache = cache(layout);
    Exception failure = new Exception("no source");

    assertThatThrownBy(() -> cache.get("key", () -> {
          throw failure;
        }))
        .isInstanceOfSatisfying(
            Cache.ValueRetrievalException.class,
            thrown -> assertThat(thrown.getKey()).isEqualTo("key"))
        .hasCause(failure);
    assertThat(cache.get("key")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void getWithLoader_byManyThreads_loadsOnce(Layout layout) throws Exception {
    LarderCache cache = cache(layout);
    AtomicInteger loads = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    open.add(threads::shutdownNow);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(threads.submit(() -> {
        start.await();
        return cache.get("key", () -> "value" + loads.incrementAndGet());
      }));
    }

    start.countDown();

    for (Future<String> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("value1");
    }
    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void putIfAbsent_putsOnce(Layout layout) {
    LarderCache cache = cache(layout);

    assertThat(cache.putIfAbsent("key", "first")).isNull();
    assertThat(cache.putIfAbsent("key", "second").get()).isEqualTo("first");
    assertThat(cache.get("key").get()).isEqualTo("first");

    assertThat(cache.putIfAbsent("none", null)).isNull();
    assertThat(cache.putIfAbsent("none", "second").get()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void evict_endsTheEntry(Layout layout) {
    LarderCache cache = cache(layout);
    store(cache, "key", "value");
    store(cache, "other", "value");

    cache.evict("key");
    cache.evict("absent");

    assertThat(cache.get("key")).isNull();
    assertThat(cache.get("other")).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void evictIfPresent_saysWhetherThereWasOne(Layout layout) {
    LarderCache cache = cache(layout);
    store(cache, "key", "value");

    assertThat(cache.evictIfPresent("key")).isTrue();
    assertThat(cache.evictIfPresent("key")).isFalse();
    assertThat(cache.get("key")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void clear_endsAllEntries(Layout layout) {
    LarderCache cache = cache(layout);
    store(cache, "a", "1");
    store(cache, "b", "2");

    cache.clear();

    assertThat(cache.get("a")).isNull();
    assertThat(cache.get("b")).isNull();
    store(cache, "a", "3");
    assertThat(cache.get("a").get()).isEqualTo("3");
  }

  @ParameterizedTest
  @EnumSource
  void clear_ofManyEntries_isOneRecordOfOneTarget(Layout layout) {
    LarderCache cache = cache(layout);
    for (int i = 0; i < 200; i++) {
      cache.get(i, () -> "value");
    }
    List<Change> changes = new CopyOnWriteArrayList<>();
    ((Larder) open.get(0)).onChange(change -> changes.add(change));

    cache.clear();

    assertThat(changes)
        .singleElement()
        .satisfies(change -> assertThat(change.targets())
            .singleElement()
            .matches(target -> target.kind() == Target.Kind.CACHE));
    for (int i = 0; i < 200; i++) {
      assertThat(cache.get(i)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void invalidate_endsAllEntries(Layout layout) {
    LarderCache cache = cache(layout);
    store(cache, "a", "1");

    cache.invalidate();

    assertThat(cache.get("a")).isNull();
    assertThat(cache.invalidate()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_givesAWrapperOrNothing(Layout layout) throws Exception {
    LarderCache cache = cache(layout);
    store(cache, "key", "value");
    cache.get("none", () -> null);

    assertThat(retrieved(cache, "key").get()).isEqualTo("value");
    assertThat(retrieved(cache, "none").get()).isNull();
    assertThat(retrieved(cache, "absent")).isNull();
  }

  private static Cache.ValueWrapper retrieved(Cache cache, Object key) throws Exception {
    CompletableFuture<?> future = cache.retrieve(key);
    return future == null ? null : (Cache.ValueWrapper) future.get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void retrieveWithLoader_loadsOnceAndFailsAsTheLoaderDoes(Layout layout) throws Exception {
    LarderCache cache = cache(layout);
    IllegalStateException failure = new IllegalStateException("no source");

    assertThat(cache
            .retrieve("key", () -> CompletableFuture.supplyAsync(() -> "one"))
            .get(60, TimeUnit.SECONDS))
        .isEqualTo("one");
    assertThat(cache
            .retrieve("key", () -> CompletableFuture.completedFuture("two"))
            .get(60, TimeUnit.SECONDS))
        .isEqualTo("one");
    assertThatThrownBy(() -> cache
            .retrieve("failing", () -> CompletableFuture.failedFuture(failure))
            .get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCause(failure);
  }

  @ParameterizedTest
  @EnumSource
  void keys_ofDifferentFormsStayApart(Layout layout) {
    LarderCache cache = cache(layout);
    List<Object> keys = List.of(
        SimpleKey.EMPTY,
        1,
        1L,
        "1",
        new SimpleKey(1, "1"),
        new SimpleKey("1", 1),
        new SimpleKey(1),
        List.of(1, "1"),
        new SimpleKey(List.of(1, "1")),
        new SimpleKey(new int[] {1, 2}, null),
        new Track(1, "1"),
        Layout.L1);

    keys.forEach(key -> store(cache, key, "value of " + key));

    for (Object key : keys) {
      assertThat(cache.get(key).get()).isEqualTo("value of " + key);
    }
    assertThat(cache.get(new SimpleKey(1, "1")).get()).isEqualTo("value of SimpleKey [1, 1]");
  }

  record Track(int disc, String title) {}

  @ParameterizedTest
  @EnumSource
  void keys_withoutAStableForm_areRefusedWithTheMend(Layout layout) {
    LarderCache cache = cache(layout);

    assertThatThrownBy(() -> cache.get(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cache \"albums\"")
        .hasMessageContaining("java.lang.Object")
        .hasMessageContaining("key = \"#user.id\"");
    assertThatThrownBy(() -> cache.put(new SimpleKey(1, new Thread()), "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Thread");
  }

  /** All nodes apply all records of all logs. */
  private void catchUp() {
    open.stream()
        .map(Larder.class::cast)
        .forEach(
            larder -> assertThat(larder.catchUp().toCompletableFuture().join()).isTrue());
  }

  @ParameterizedTest
  @EnumSource(names = "L1", mode = EnumSource.Mode.EXCLUDE)
  void twoNodes_seeEachOthersWrites(Layout layout) {
    LarderCache here = cache(layout);
    LarderCache there = cache(layout);
    here.evict("key");
    // A fill that does not know of a record in one of the logs yet would be taken for older than
    // it.
    catchUp();
    assertThat(here.get("key", () -> "old")).isEqualTo("old");
    assertThat(there.get("key").get()).isEqualTo("old");

    here.evict("key");
    catchUp();
    assertThat(there.get("key")).isNull();
    there.get("key", () -> "new");
    assertThat(here.get("key").get()).isEqualTo("new");
  }
}
