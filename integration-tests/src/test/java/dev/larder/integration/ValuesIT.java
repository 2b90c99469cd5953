package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.codec.TypeRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values come back as they were from every tier, and none of them is taken for a miss. */
class ValuesIT {

  enum Mood {
    CALM,
    STORMY
  }

  record Track(String title, int seconds) {}

  record Page<T>(List<T> rows, int total) {}

  record Album(
      long id,
      String name,
      Mood mood,
      BigDecimal price,
      Instant at,
      List<Track> tracks,
      Map<String, List<Integer>> ratings) {}

  private static final Album ALBUM = new Album(
      7,
      "Räksmörgås \uD83C\uDFB5",
      Mood.STORMY,
      new BigDecimal("12.50"),
      Instant.parse("2024-02-29T23:59:59.123456789Z"),
      List.of(new Track("one", 1), new Track("", 0)),
      Map.of("a", List.of(1, 2), "b", List.of()));

  /** Two larders, and a cache of its own for each value. */
  private record Pair(Larder one, Larder two) {

    /** Loads on one node, and reads from the tier below L1 on the other. */
    <V> void roundTrip(TypeRef<V> type, V value) {
      CachePolicy<Long, V> policy = CachePolicy.of(Long.class, type).build();
      String name = "values" + one.cacheNames().size();
      Cache<Long, V> first = one.cache(name, policy);
      Cache<Long, V> second = two.cache(name, policy);
      assertThat(first.get(1L, id -> value)).isEqualTo(value);
      assertThat(second.get(1L, id -> {
            throw new AssertionError("not found below L1: " + value);
          }))
          .isEqualTo(value);
      assertThat(second.stats().l1Hits()).isZero();
      assertThat(first.stats().fills()).isEqualTo(1);
      assertThat(second.stats().unreadable()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_valuesOfManyTypes_comeBackFromBelow(Layout layout) {
    try (Site site = Site.of(layout);
        Larder one = site.builder().build();
        Larder two = site.builder().build()) {
      Pair pair = new Pair(one, two);
      pair.roundTrip(new TypeRef<Album>() {}, ALBUM);
      pair.roundTrip(new TypeRef<List<Album>>() {}, List.of(ALBUM, ALBUM));
      pair.roundTrip(new TypeRef<List<Album>>() {}, List.<Album>of());
      pair.roundTrip(new TypeRef<Map<String, List<Track>>>() {}, Map.of("x", ALBUM.tracks()));
      pair.roundTrip(new TypeRef<Page<Track>>() {}, new Page<>(ALBUM.tracks(), 2));
      pair.roundTrip(new TypeRef<Page<Track>>() {}, new Page<>(List.<Track>of(), 0));
      pair.roundTrip(new TypeRef<Optional<Track>>() {}, Optional.<Track>empty());
      pair.roundTrip(TypeRef.of(Integer.class), 0);
      pair.roundTrip(TypeRef.of(Long.class), Long.MIN_VALUE);
      pair.roundTrip(TypeRef.of(Boolean.class), false);
      pair.roundTrip(TypeRef.of(String.class), "");
      pair.roundTrip(TypeRef.of(Mood.class), Mood.CALM);
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_nullAsAValue_isAHitEverywhere(Layout layout) {
    try (Site site = Site.of(layout);
        Larder one = site.builder().build();
        Larder two = site.builder().build()) {
      CachePolicy<Long, String> policy =
          CachePolicy.of(Long.class, String.class).nullValues().build();
      Cache<Long, String> first = one.cache("nulls", policy);
      Cache<Long, String> second = two.cache("nulls", policy);
      assertThat(first.get(1L, id -> null)).isNull();
      Lookup<String> found = second.get(1L);
      assertThat(found).isInstanceOf(Lookup.Hit.class);
      assertThat(found.orNull()).isNull();
      assertThat(second.getAll(List.of(1L), missing -> {
            throw new AssertionError("asked for " + missing);
          }))
          .containsEntry(1L, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_absence_isRememberedEverywhereAndEndsByTag(Layout layout) {
    try (Site site = Site.of(layout);
        Larder one = site.builder().build();
        Larder two = site.builder().build()) {
      CachePolicy<Long, String> policy = CachePolicy.of(Long.class, String.class)
          .negativeTtl(Duration.ofMinutes(1))
          .keyTags(id -> List.of("id:" + id))
          .build();
      Cache<Long, String> first = one.cache("absences", policy);
      Cache<Long, String> second = two.cache("absences", policy);
      assertThat(first.get(1L, id -> null)).isNull();
      assertThat(second.get(1L))
          .isEqualTo(
              new Lookup.Absence<String>(layout.hasRedis() ? CacheTier.L2 : CacheTier.DATABASE));
      var done = one.invalidateTags("id:1");
      assertThat(second.atLeast(done.position().orElseThrow()).get(1L, id -> "there now"))
          .isEqualTo("there now");
    }
  }
}
