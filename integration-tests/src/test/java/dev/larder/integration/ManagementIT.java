package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.manage.Preview;
import dev.larder.manage.Verification;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees and does from one node, from another, and without any, on a real Redis. */
@Timeout(120)
class ManagementIT {

  private static EmbeddedRedis redis;

  private final List<Larder> opened = new ArrayList<>();
  private final AtomicInteger version = new AtomicInteger(1);

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.flush();
  }

  @AfterEach
  void close() {
    opened.forEach(Larder::close);
  }

  private Larder larder() {
    Larder larder = Larder.builder()
        .keyPrefix("halfnote")
        .redis(redis.uri())
        .tierTimeout(Duration.ofSeconds(20))
        .logTimeout(Duration.ofSeconds(20))
        .startTimeout(Duration.ofSeconds(60))
        .build();
    opened.add(larder);
    return larder;
  }

  private final class Instance {
    final Larder larder = larder();
    final Management management = larder.management();
    final Cache<Long, String> albums = larder.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofHours(1))
            .jitter(0)
            .keyTags(id -> Set.of("artist:" + id % 10))
            .loader(id -> "v" + version.get() + " of " + id)
            .build());
    final Cache<Long, String> sessions = larder.cache(
        "session",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofHours(1))
            .protect()
            .build());

    String album(long id) {
      return albums.get(id, key -> "v" + version.get() + " of " + key);
    }

    String slot(long id) {
      return larder.batch().key(albums, id).change().keys().get(0);
    }
  }

  private static Copy copy(Explanation explanation, String tier, String node) {
    return explanation.copies().stream()
        .filter(copy -> copy.tier().equals(tier) && copy.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private static void seeEachOther(Instance one, Instance two) {
    for (Instance each : List.of(one, two)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(each.management.overview().nodes()).hasSize(2));
    }
  }

  @Test
  void overview_showsAllNodes_fromEach() {
    Instance one = new Instance();
    Instance two = new Instance();
    one.album(1);
    two.album(1);
    seeEachOther(one, two);
    Overview overview = one.management.overview();
    assertThat(overview.isWhole()).isTrue();
    assertThat(overview.nodes().get(0).id()).isEqualTo(overview.node());
    for (NodeView node : overview.nodes()) {
      assertThat(node.caches())
          .extracting(cache -> cache.stats().cache())
          .containsExactly("album", "session");
      assertThat(node.policies()).isEqualTo(overview.nodes().get(0).policies());
      assertThat(node.tiers()).hasSize(1);
    }
  }

  @Test
  void overview_withoutRedis_isThisNodeAlone_andSaysSo() {
    Instance one = new Instance();
    try (EmbeddedRedis own = EmbeddedRedis.start()) {
      Larder alone = Larder.builder().keyPrefix("x").redis(own.uri()).build();
      opened.add(alone);
      alone.cache("a", CachePolicy.of(Long.class, String.class).build());
      own.kill();
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
        Overview overview = alone.management().overview();
        assertThat(overview.isWhole()).isFalse();
        assertThat(overview.nodes()).hasSize(1);
        assertThat(overview.nodes().get(0).state()).isEqualTo(NodeView.State.UNSURE);
      });
    }
    assertThat(one.management.overview().isWhole()).isTrue();
  }

  @Test
  void previewAndInvalidate_ofKeyTagPrefixCacheAndAll() {
    Instance one = new Instance();
    Instance two = new Instance();
    for (long id = 0; id < 30; id++) {
      one.album(id);
      two.album(id);
    }
    one.sessions.put(1L, "somebody");
    seeEachOther(one, two);
    Management management = one.management;

    Aim tag = new Aim(Aim.Kind.TAG, List.of("artist:3"));
    Preview preview = management.preview(tag);
    assertThat(preview.entries()).isEqualTo(3);
    assertThat(preview.isExact()).isTrue();
    assertThat(management.preview(new Aim(Aim.Kind.KEY, List.of(one.slot(4)))).entries())
        .isEqualTo(1);
    assertThat(management.preview(new Aim(Aim.Kind.CACHE, List.of("album"))).entries())
        .isEqualTo(30);
    Preview all = management.preview(new Aim(Aim.Kind.ALL, List.of()));
    assertThat(all.entries()).isEqualTo(30);
    assertThat(all.spared()).containsExactly("session");

    version.set(2);
    assertThat(management.invalidate(tag, "op").position()).isNotEmpty();
    assertThat(two.larder.catchUp().toCompletableFuture().join()).isTrue();
    assertThat(two.album(3)).isEqualTo("v2 of 3");
    assertThat(two.album(4)).isEqualTo("v1 of 4");

    management.invalidate(new Aim(Aim.Kind.ALL, List.of()), "op");
    assertThat(two.larder.catchUp().toCompletableFuture().join()).isTrue();
    assertThat(two.album(4)).isEqualTo("v2 of 4");
    assertThat(one.sessions.get(1L).orNull()).isEqualTo("somebody");
  }

  @Test
  void invalidate_refusesWhatIsNotOfThisLarder() {
    Instance one = new Instance();
    assertThatThrownBy(() ->
            one.management.invalidate(new Aim(Aim.Kind.KEY, List.of("other:album:v1:1")), "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("other:album:v1:1")
        .hasMessageContaining("halfnote:");
    assertThatThrownBy(() ->
            one.management.invalidate(new Aim(Aim.Kind.PREFIX, List.of("halfnote:album:v1")), "op"))
        .hasMessageContaining("does not end in ':'");
    assertThatThrownBy(() -> one.management.preview(new Aim(Aim.Kind.CACHE, List.of("albun"))))
        .hasMessageContaining("no cache 'albun'")
        .hasMessageContaining("album");
  }

  @Test
  void keys_areListed_pageByPage_andValuesShown() {
    Instance one = new Instance();
    for (long id = 0; id < 50; id++) {
      one.album(id);
    }
    Management management = one.management;
    assertThat(management.keys(new KeyQuery("album", "", 1_000)).keys()).hasSize(50);
    assertThat(management.keys(new KeyQuery("album", "", 10)).keys()).hasSize(10);
    assertThat(management.keys(new KeyQuery("album", "", 10)).hasMore()).isTrue();
    assertThat(management.keys(new KeyQuery("", one.slot(49), 10)).keys())
        .containsExactly(one.slot(49));
    assertThat(management.value(one.slot(49)).orElseThrow().text()).isEqualTo("\"v1 of 49\"");
    assertThat(management.value(one.slot(99))).isEmpty();
    assertThatThrownBy(() -> new KeyQuery("album", "", 0)).hasMessageContaining("limit: 0");
  }

  @Test
  void refreshAndTouch_byAnotherNodesOperator() {
    Instance one = new Instance();
    Instance two = new Instance();
    one.album(5);
    seeEachOther(one, two);
    version.set(2);
    two.management.refresh(one.slot(5), "op");
    assertThat(one.album(5)).isEqualTo("v2 of 5");
    assertThat(two.management.touch(one.slot(5), Duration.ofHours(5), "op").done())
        .contains("18000000");
    assertThatThrownBy(() -> two.management.refresh(one.slot(6), "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("not in its L1");
  }

  @Test
  void switches_reachAllNodes_alsoThoseThatStartLater() {
    Instance one = new Instance();
    Instance two = new Instance();
    seeEachOther(one, two);
    one.management.turn("album", 0, "op");
    assertThat(one.albums.isOn(1L)).isFalse();
    await().atMost(Duration.ofSeconds(30)).until(() -> !two.albums.isOn(1L));
    Instance three = new Instance();
    await().atMost(Duration.ofSeconds(30)).until(() -> !three.albums.isOn(1L));
    assertThat(two.management.overview().switches()).containsEntry("album", 0);
    two.management.turn("album", 100, "op");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> one.albums.isOn(1L) && three.albums.isOn(1L));
    assertThatThrownBy(() -> one.management.turn("album", 101, "op"))
        .hasMessageContaining("101 is not 0 to 100");
  }

  @Test
  void events_ofAllNodes_areHeardOnOne() {
    Instance one = new Instance();
    Instance two = new Instance();
    seeEachOther(one, two);
    List<Event> heard = new CopyOnWriteArrayList<>();
    try (Management.Subscription subscription = one.management.listen(heard::add)) {
      two.album(8);
      two.larder.invalidateTags("artist:8");
      String second = two.management.overview().node();
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
        assertThat(heard).anySatisfy(event -> {
          assertThat(event.kind()).isEqualTo(Event.Kind.LOAD);
          assertThat(event.node()).isEqualTo(second);
        });
        assertThat(heard).anySatisfy(event -> {
          assertThat(event.kind()).isEqualTo(Event.Kind.INVALIDATION);
          assertThat(event.subject()).isEqualTo("tag artist:8");
        });
      });
    }
    assertThat(heard).extracting(Event::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void withoutAnApplication_theStoresAloneTell() {
    Instance one = new Instance();
    one.album(9);
    String slot = one.slot(9);
    one.larder.close();
    Management stores = larder().management();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(stores.overview().nodes()).isEmpty());
    assertThat(stores.overview().node()).isEmpty();
    assertThat(stores.keys(new KeyQuery("album", "", 10)).keys()).containsExactly(slot);
    assertThat(copy(stores.explain(slot), "L2", "").state()).isEqualTo(State.FRESH);
    stores.invalidate(new Aim(Aim.Kind.TAG, List.of("artist:9")), "op");
    assertThat(copy(stores.explain(slot), "L2", "").state()).isEqualTo(State.INVALID);
    version.set(2);
    assertThat(new Instance().album(9)).isEqualTo("v2 of 9");
  }

  @Test
  void withoutANodeOfItsOwn_anOperatorHearsOfLoadsToo() {
    Instance one = new Instance();
    List<Event> heard = new CopyOnWriteArrayList<>();
    Management outside = larder().management();
    try (Management.Subscription subscription = outside.listen(heard::add)) {
      one.album(3);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(heard)
              .anySatisfy(event -> assertThat(event.kind()).isEqualTo(Event.Kind.LOAD)));
    }
  }

  /** A node that starts has in L1 what its peer is asked for, and the source is not asked. */
  @Test
  void hotKeys_ofAPeer_areInL1OfANodeThatStarts() {
    Instance one = new Instance();
    for (int i = 0; i < 20_000; i++) {
      one.album(i % 10);
    }
    Instance two = new Instance();
    seeEachOther(one, two);
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

  @Test
  void hashedKeys_areToldToNobody() {
    Instance one = new Instance();
    Cache<String, String> secrets = one.larder.cache(
        "secret", CachePolicy.of(String.class, String.class).hashedKeys().build());
    for (int i = 0; i < 5_000; i++) {
      secrets.get("a", key -> "b");
    }
    assertThat(one.larder.warming().hotKeys(secrets, 10)).isEmpty();
    assertThatThrownBy(() -> one.larder.warming().hotKeys(secrets, 0))
        .hasMessage("most: 0 is not 1 to 1,000");
  }

  @Test
  void distributions_addUpTheNodes() {
    Instance one = new Instance();
    Instance two = new Instance();
    seeEachOther(one, two);
    one.album(1);
    two.album(1);
    two.album(2);
    assertThat(two.management.distributions("album"))
        .extracting(each -> each.measure() + " " + each.count())
        .contains("LOAD 2", "TIER_HIT 1", "STORED_SIZE 2");
  }

  @Test
  void verify_findsNothingWhereAllIsWell() {
    Instance one = new Instance();
    Instance two = new Instance();
    seeEachOther(one, two);
    for (long id = 0; id < 20; id++) {
      one.album(id);
      two.album(id);
      one.albums.invalidate(id);
      two.album(id);
    }
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
      Verification verification = two.management.verify(1_000);
      assertThat(verification.sampled()).isGreaterThan(20);
      assertThat(verification.keys()).isEqualTo(20);
      assertThat(verification.stale()).isZero();
      assertThat(verification.unreachable()).isZero();
    });
  }
}
