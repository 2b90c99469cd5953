package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.UnitOfWork;
import dev.larder.memory.MemoryStore;
import dev.larder.stats.CacheStats;
import dev.larder.testkit.TextCodecs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plainest paths, on each layout of tiers. */
class FirstLightTest {

  enum Layout {
    L1,
    L1_L2,
    L1_L2_DATABASE,
    L1_DATABASE
  }

  private final MemoryStore l2 = MemoryStore.builder().name("memory-l2").build();
  private final MemoryStore database =
      MemoryStore.builder().name("memory-db").origin(true).build();
  private Larder one = Larder.builder().build();
  private Larder two = one;

  private void open(Layout layout) {
    one = larder(layout);
    two = layout == Layout.L1 ? one : larder(layout);
  }

  private Larder larder(Layout layout) {
    var builder = Larder.builder().keyPrefix("test").codecs(new TextCodecs());
    if (layout.name().contains("L2")) {
      builder.l2(l2);
    }
    if (layout.name().contains("DATABASE")) {
      builder.database(database);
    }
    return builder.build();
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static CachePolicy<Long, String> policy() {
    return CachePolicy.of(Long.class, String.class)
        .tags((id, value) -> Set.of("artist:" + value.charAt(0)))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void peek_isAnsweredAndNotCounted(Layout layout) {
    open(layout);
    Cache<Long, String> cache = two.cache("album", policy());
    (one == two ? cache : one.cache("album", policy())).get(1L, id -> "v1");
    CacheStats before = cache.stats();
    assertThat(cache.peek(1L)).isInstanceOf(Lookup.Hit.class);
    assertThat(cache.peek(1L).orNull()).isEqualTo("v1");
    assertThat(cache.peek(2L)).isInstanceOf(Lookup.Miss.class);
    assertThat(cache.stats().requests()).isEqualTo(before.requests());
    assertThat(cache.stats().topKeys()).isEqualTo(before.topKeys());
  }

  /** Inside a transaction it sees what that has written. */
  @Test
  void peek_inAUnitOfWork() {
    Cache<Long, String> cache = one.cache("album", policy());
    cache.get(1L, id -> "v1");
    UnitOfWork unit = one.beginUnit();
    cache.put(1L, "v2");
    CacheStats before = cache.stats();
    assertThat(cache.peek(1L).orNull()).isEqualTo("v2");
    assertThat(cache.peek(2L)).isInstanceOf(Lookup.Miss.class);
    assertThat(cache.stats().requests()).isEqualTo(before.requests());
    unit.rollback();
    assertThat(cache.peek(1L).orNull()).isEqualTo("v1");
  }

  @ParameterizedTest
  @EnumSource
  void loadsOnceAndHitsAfterwards(Layout layout) {
    open(layout);
    Cache<Long, String> cache = one.cache("album", policy());
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertThat(cache.get(1L, id -> "v" + loads.incrementAndGet())).isEqualTo("v1");
    }
    assertThat(cache.stats().l1Hits()).isEqualTo(2);
    assertThat(cache.stats().loads()).isEqualTo(1);
    assertThat(cache.get(1L)).isEqualTo(new Lookup.Hit<>("v1", CacheTier.L1, false));
    assertThat(cache.get(2L)).isInstanceOf(Lookup.Miss.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void anotherNodeFindsTheEntryBelow(Layout layout) {
    open(layout);
    Cache<Long, String> first = one.cache("album", policy());
    Cache<Long, String> second = two.cache("album", policy());
    first.get(1L, id -> "a");
    assertThat(second.get(1L, id -> "loaded again")).isEqualTo("a");
    assertThat(second.stats().loads()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void invalidationEndsTheEntryOnBothNodes(Layout layout) {
    open(layout);
    Cache<Long, String> first = one.cache("album", policy());
    Cache<Long, String> second = layout == Layout.L1 ? first : two.cache("album", policy());
    for (var end : List.<java.util.function.Supplier<Acknowledgement>>of(
        () -> first.invalidate(1L),
        () -> first.invalidateTags("artist:a"),
        () -> one.invalidateTags("artist:a"),
        first::clear,
        one::clear)) {
      first.invalidate(1L);
      first.get(1L, id -> "a");
      second.get(1L, id -> "a");
      Acknowledgement done = end.get();
      assertThat(first.get(1L)).isInstanceOf(Lookup.Miss.class);
      assertThat(second.atLeast(done.position().orElseThrow()).get(1L))
          .isInstanceOf(Lookup.Miss.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesThroughAndUpdates(Layout layout) {
    open(layout);
    Cache<Long, String> first = one.cache("album", policy());
    first.get(1L, id -> "a1");
    first.write(1L, () -> "a2");
    assertThat(first.get(1L, id -> "a3")).isIn("a2", "a3");
    if (layout != Layout.L1_DATABASE) {
      assertThat(first.get(1L, id -> "a3")).isEqualTo("a2");
      assertThat(first.update(1L, value -> value + "+").orNull()).isEqualTo("a2+");
      assertThat(first.get(1L, id -> "a3")).isEqualTo("a2+");
    }
  }

  @ParameterizedTest
  @EnumSource
  void getsManyAndLoadsOnlyTheMissing(Layout layout) {
    open(layout);
    Cache<Long, String> first = one.cache("album", policy());
    first.get(2L, id -> "b");
    Map<Long, String> all = first.getAll(List.of(1L, 2L, 3L), missing -> {
      assertThat(missing).containsExactly(1L, 3L);
      return Map.of(1L, "a");
    });
    assertThat(all).containsExactly(Map.entry(1L, "a"), Map.entry(2L, "b"));
  }

  @Test
  void aSecondCacheOfTheSameNameIsRefused() {
    open(Layout.L1);
    one.cache("album", policy());
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> one.cache("album", policy()))
        .hasMessageContaining("album");
  }
}
