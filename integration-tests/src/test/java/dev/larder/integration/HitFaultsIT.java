package dev.larder.integration;

import static dev.larder.integration.FaultSite.seesNodes;
import static dev.larder.integration.FaultSite.slots;
import static dev.larder.integration.FaultSite.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.integration.FaultSite.Member;
import dev.larder.manage.Event;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.FreshnessCount.Check;
import dev.larder.manage.Verification;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hits that are compared with the source in the background, on real servers. */
@Timeout(120)
class HitFaultsIT extends OnRedis {

  private static final long KEYS = 100;

  private final FaultSite site = opened.add(new FaultSite(redis));
  private final Albums albums = new Albums(KEYS);

  private Member checkingNode(Layout layout) {
    return site.node(layout, site.redisStore(), builder -> builder.checkHits(1));
  }

  private static FreshnessCount hits(Verification verification) {
    return verification.sinceStart().stream()
        .filter(count -> count.check() == Check.HIT)
        .findFirst()
        .orElseThrow();
  }

  /** Somebody changes the source and tells nobody. */
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void forgottenInvalidations_areFound_eachOfThem_untilTheyAreMade(Layout layout) {
    Member one = checkingNode(layout);
    Member two = site.node(layout);
    seesNodes(one.larder(), 2);
    albums.readAll(one);
    Set<String> forgotten = new TreeSet<>();
    for (long id = 0; id < KEYS; id += 20) {
      albums.commit(id, "v2");
      forgotten.add(one.slot(id));
    }

    await().atMost(FaultSite.LIMIT).untilAsserted(() -> {
      albums.readAll(one);
      assertThat(one.count(Check.HIT).stale()).isEqualTo(forgotten.size());
    });

    assertThat(one.count(Check.HIT).sampled()).isGreaterThan(forgotten.size());
    assertThat(one.staleFound())
        .extracting(Event::subject)
        .containsExactlyInAnyOrderElementsOf(forgotten);
    // Any node tells of it, and who has none.
    seesNodes(two.larder(), 2);
    Verification found =
        verify(two.larder(), verification -> assertThat(slots(verification)).isEqualTo(forgotten));
    assertThat(found.stale()).isEqualTo(forgotten.size());
    assertThat(found.findings())
        .allSatisfy(each ->
            assertThat(each.where()).isEqualTo("L1 of node " + one.id() + ", unlike the source"));
    verify(site.operator(), verification -> assertThat(slots(verification)).isEqualTo(forgotten));
    await()
        .atMost(FaultSite.LIMIT)
        .untilAsserted(
            () -> assertThat(hits(two.larder().management().verify(1)).stale())
                .isEqualTo(forgotten.size()));

    for (long id = 0; id < KEYS; id += 20) {
      two.cache().invalidate(id);
    }
    verify(two.larder(), verification -> assertThat(verification.findings()).isEmpty());
    albums.readAll(one);
    assertThat(albums.read(one, 20)).isEqualTo("v2");
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void whereNoInvalidationIsForgotten_nothingIsFound(Layout layout) {
    Member one = checkingNode(layout);
    Member two = checkingNode(layout);
    seesNodes(one.larder(), 2);
    for (int round = 0; round < 5; round++) {
      albums.readAll(one, two);
      for (long id = round; id < KEYS; id += 5) {
        albums.commit(id, "v" + (round + 2));
        two.cache().invalidate(id);
      }
    }
    await().atMost(FaultSite.LIMIT).untilAsserted(() -> {
      albums.readAll(one, two);
      assertThat(one.count(Check.HIT).sampled()).isGreaterThan(KEYS);
      assertThat(two.count(Check.HIT).sampled()).isGreaterThan(KEYS);
    });
    verify(one.larder(), verification -> {
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.sampled()).isPositive();
    });
    assertThat(one.larder().self().stale() + two.larder().self().stale()).isZero();
  }
}
