package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.manage.Explanation.State;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes tell of the keys that are asked for most, and whom they tell. */
@Timeout(120)
class HotKeysIT extends OnRedis {

  private final AtomicInteger version = new AtomicInteger(1);

  private ManagedNode node() {
    return new ManagedNode(larder(), version);
  }

  /** A node that starts has in L1 what its peer is asked for, and the source is not asked. */
  @Test
  void hotKeys_ofAPeer_areInL1OfANodeThatStarts() {
    ManagedNode one = node();
    for (int i = 0; i < 20_000; i++) {
      one.album(i % 10);
    }
    ManagedNode two = node();
    seeEachOther(one.larder, two.larder);
    version.set(2);

    List<Long> hot = two.larder.warming().hotKeys(two.albums, 20);
    assertThat(hot).isSubsetOf(LongStream.range(0, 10).boxed().toList()).hasSizeGreaterThan(4);
    assertThat(two.larder.warming().hotKeys(two.albums, 3)).hasSize(3);

    two.larder
        .warming()
        .declare(WarmPlan.ofCalls("hottest", () -> two.larder.warming().hottest(20))
            .onStart()
            .beforeReady(1, Duration.ofSeconds(30))
            .build());
    await().atMost(Duration.ofSeconds(30)).until(() -> two.larder.warming().isReady());
    for (long id : hot) {
      assertThat(copy(
                  two.management.explain(two.slot(id)),
                  "L1",
                  two.management.overview().node())
              .state())
          .isEqualTo(State.FRESH);
      assertThat(two.album(id)).isEqualTo("v1 of " + id);
    }
    assertThat(two.larder.stats())
        .filteredOn(stats -> stats.cache().equals("album"))
        .singleElement()
        .satisfies(stats -> {
          assertThat(stats.loads()).isZero();
          assertThat(stats.l1Hits()).isEqualTo(hot.size());
        });
  }

  /** Of many keys that were asked for once none is hot, but a warm-up has nothing better. */
  @Test
  void keysAskedForOnce_areGivenToWarmUps_andNotToldToPeople() {
    ManagedNode one = node();
    Cache<Long, String> seldom = one.larder.cache(
        "seldom", CachePolicy.of(Long.class, String.class).tiers(CacheTier.L1).build());
    for (long id = 0; id < 10_000; id++) {
      seldom.get(id, key -> "v" + key);
    }
    assertThat(one.larder.warming().hotKeys(seldom, 10)).hasSize(10);
    assertThat(seldom.stats().topKeys()).isEmpty();
  }

  @Test
  void hashedKeys_areToldToNobody() {
    ManagedNode one = node();
    Cache<String, String> secrets = one.larder.cache(
        "secret", CachePolicy.of(String.class, String.class).hashedKeys().build());
    for (int i = 0; i < 5_000; i++) {
      secrets.get("a", key -> "b");
    }
    assertThat(one.larder.warming().hotKeys(secrets, 10)).isEmpty();
    assertThatThrownBy(() -> one.larder.warming().hotKeys(secrets, 0))
        .hasMessage("most: 0 is not 1 to 1,000");
  }
}
