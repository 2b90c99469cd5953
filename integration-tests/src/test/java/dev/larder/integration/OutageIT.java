package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.CacheTier;
import dev.larder.Lookup;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Redis fails and comes back: rules 16 and 17. */
@Execution(ExecutionMode.CONCURRENT)
class OutageIT {

  private static final Place PLACE = new Place("eu", 1);

  /** What happens to Redis while it is away. */
  enum Outage {
    /** It stops and goes on, with all its data. */
    PAUSE {
      @Override
      void begin(Site site) {
        site.redis().pause();
      }

      @Override
      void end(Site site) {
        site.redis().resume();
      }
    },
    /** It dies and comes back with its data as of the beginning of the outage. */
    RESTART {
      @Override
      void begin(Site site) {
        site.redis().save();
        site.redis().kill();
      }

      @Override
      void end(Site site) {
        site.redis().startAgain();
      }
    },
    /** It dies and comes back without data. */
    LOSS {
      @Override
      void begin(Site site) {
        site.redis().kill();
      }

      @Override
      void end(Site site) {
        site.redis().restartEmpty();
      }
    };

    abstract void begin(Site site);

    abstract void end(Site site);
  }

  static Stream<Arguments> outagesAndEndings() {
    return Stream.of(Outage.values())
        .flatMap(outage -> Stream.of(Ending.values()).map(ending -> Arguments.of(outage, ending)));
  }

  /** Without any lookup: a store that is well again is found to be. */
  private static void awaitUse(CacheTier tier, Node... nodes) {
    for (Node node : nodes) {
      eventually().until(() -> node.uses(tier));
    }
  }

  @ParameterizedTest
  @MethodSource("outagesAndEndings")
  void invalidate_whileRedisIsAway_holdsWhenItReturns(Outage outage, Ending ending) {
    try (Site site = Site.of(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      b.get(PLACE);
      outage.begin(site);

      String second = site.source().change(PLACE);
      Acknowledgement byA = ending.end(a, PLACE);
      assertThat(byA).isInstanceOf(Acknowledgement.Appended.class);
      assertThat(a.get(PLACE)).isEqualTo(second);
      assertThat(b.getAtLeast(byA, PLACE)).isEqualTo(second);
      String third = site.source().change(PLACE);
      Acknowledgement byB = ending.end(b, PLACE);
      assertThat(byB).isInstanceOf(Acknowledgement.Appended.class);
      assertThat(b.get(PLACE)).isEqualTo(third);
      assertThat(a.getAtLeast(byB, PLACE)).isEqualTo(third);

      outage.end(site);
      eventually().until(() -> {
        assertThat(a.get(PLACE)).isEqualTo(third);
        assertThat(b.get(PLACE)).isEqualTo(third);
        return a.uses(CacheTier.L2) && b.uses(CacheTier.L2);
      });
      // L1 has the new value by now; what Redis holds shows on nodes without it.
      Node late = site.node(site.impatient(), Site.policy().build());
      Node later = site.node(
          site.impatient(),
          Site.policy().tiers(CacheTier.L2, CacheTier.DATABASE).build());
      for (Node node : List.of(late, later, a, b)) {
        assertThat(node.getAtLeast(byB, PLACE)).isEqualTo(third);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("outagesAndEndings")
  void invalidate_whileRedisIsAway_nodesWithoutL1NeverServeTheOldValue(
      Outage outage, Ending ending) {
    try (Site site = Site.of(Layout.REDIS_DATABASE)) {
      var below = Site.policy().tiers(CacheTier.L2, CacheTier.DATABASE).build();
      Node a = site.node(site.impatient(), below);
      Node b = site.node(site.impatient(), below);
      a.get(PLACE);
      assertThat(b.tierOf(PLACE)).isEqualTo(CacheTier.L2);
      outage.begin(site);
      String changed = site.source().change(PLACE);
      Acknowledgement done = ending.end(a, PLACE);
      // Nothing is read meanwhile, so that no circuit opens and no tier is suspended.
      outage.end(site);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      assertThat(b.getAtLeast(done, PLACE)).isEqualTo(changed);
      eventually().until(() -> {
        assertThat(a.get(PLACE)).isEqualTo(changed);
        assertThat(b.get(PLACE)).isEqualTo(changed);
        return a.tierOf(PLACE) == CacheTier.L2 && b.tierOf(PLACE) == CacheTier.L2;
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_whileRedisIsAway_isAnsweredByTheDatabaseTier(Outage outage) {
    try (Site site = Site.of(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      List<Place> places =
          IntStream.range(0, 20).mapToObj(i -> new Place("eu", i)).toList();
      places.forEach(a::get);
      outage.begin(site);
      Acknowledgement done = a.larder().invalidateTags("region:eu");
      // Each is loaded once more, by one node, and found in the database by the other.
      places.forEach(place -> assertThat(a.get(place)).isEqualTo(site.source().now(place)));
      assertThat(site.source().loads()).isEqualTo(2 * places.size());
      var there = b.cache().atLeast(done.position().orElseThrow());
      for (Place place : places) {
        assertThat(there.get(place))
            .isEqualTo(new Lookup.Hit<>(site.source().now(place), CacheTier.DATABASE, false));
      }
      assertThat(a.tier(CacheTier.L2).failures()).isPositive();
      outage.end(site);
      awaitUse(CacheTier.L2, a, b);
      Place fresh = new Place("us", 1);
      a.get(fresh);
      assertThat(b.tierOf(fresh)).isEqualTo(CacheTier.L2);
    }
  }

  @ParameterizedTest
  @MethodSource("outagesAndEndings")
  void invalidate_withoutADatabase_isDeferredAndHoldsOnItsOwnNodeAtOnce(
      Outage outage, Ending ending) {
    try (Site site = Site.of(Layout.REDIS)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      b.get(PLACE);
      outage.begin(site);
      String changed = site.source().change(PLACE);
      Acknowledgement done = ending.end(a, PLACE);
      assertThat(done).isInstanceOf(Acknowledgement.Deferred.class);
      assertThat(a.larder().waitingInvalidations()).isEqualTo(1);
      assertThat(a.get(PLACE)).isEqualTo(changed);

      outage.end(site);
      eventually().until(() -> {
        assertThat(a.get(PLACE)).isEqualTo(changed);
        return a.larder().waitingInvalidations() == 0;
      });
      eventually().until(() -> b.larder().catchUp().toCompletableFuture().get());
      assertThat(b.get(PLACE)).isEqualTo(changed);
      assertThat(site.node().get(PLACE)).isEqualTo(changed);
    }
  }

  @Test
  void invalidate_untilTheQueueIsFull_endsEverything() {
    try (Site site = Site.of(Layout.REDIS)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      b.get(PLACE);
      site.redis().kill();
      site.source().change(PLACE);
      // Two records of this size are over the bound of what may wait.
      for (int i = 0; i < 2; i++) {
        int from = i * 6_000;
        a.cache()
            .invalidateAll(IntStream.range(from, from + 6_000)
                .mapToObj(id -> new Place("us", id))
                .toList());
      }
      assertThat(a.larder().waitingInvalidations()).isEqualTo(1);
      assertThat(a.get(PLACE)).isEqualTo(site.source().now(PLACE));
      site.redis().startAgain();
      Site.settled(a);
      eventually().until(() -> b.larder().catchUp().toCompletableFuture().get());
      assertThat(b.get(PLACE)).isEqualTo(site.source().now(PLACE));
    }
  }

  @Test
  void build_whileRedisIsDown_takesItInLater() {
    try (Site site = Site.of(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      site.redis().save();
      site.redis().kill();
      String changed = site.source().change(PLACE);
      a.cache().invalidate(PLACE);
      Node late = site.node(site.impatient(), Site.policy().build());
      assertThat(late.get(PLACE)).isEqualTo(changed);
      String again = site.source().change(PLACE);
      Acknowledgement done = late.larder().invalidateTags("region:eu");
      assertThat(done).isInstanceOf(Acknowledgement.Appended.class);
      site.redis().startAgain();
      eventually().until(() -> {
        assertThat(late.get(PLACE)).isEqualTo(again);
        assertThat(a.getAtLeast(done, PLACE)).isEqualTo(again);
        return late.uses(CacheTier.L2) && a.uses(CacheTier.L2);
      });
    }
  }

  @Test
  void build_whileTheOnlyStoreIsDown_loadsFromTheSourceAndTakesItInLater() {
    try (Site site = Site.of(Layout.REDIS)) {
      site.redis().kill();
      Node a = site.node(site.impatient(), Site.policy().build());
      assertThat(a.get(PLACE)).isEqualTo(site.source().now(PLACE));
      String changed = site.source().change(PLACE);
      a.cache().invalidate(PLACE);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      site.redis().startAgain();
      awaitUse(CacheTier.L2, a);
      Site.settled(a);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      assertThat(site.node().get(PLACE)).isEqualTo(changed);
    }
  }
}
