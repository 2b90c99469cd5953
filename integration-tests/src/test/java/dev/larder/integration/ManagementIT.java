package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.manage.Preview;
import dev.larder.manage.SwitchOrder;
import dev.larder.manage.Verification;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees and does from one node, from another, and without any, on a real Redis. */
@Timeout(120)
class ManagementIT extends OnRedis {

  private final AtomicInteger version = new AtomicInteger(1);

  private ManagedNode node() {
    return new ManagedNode(larder(), version);
  }

  @Test
  void overview_showsAllNodes_fromEach() {
    ManagedNode one = node();
    ManagedNode two = node();
    one.album(1);
    two.album(1);
    seeEachOther(one.larder, two.larder);
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
    ManagedNode one = node();
    try (EmbeddedRedis own = EmbeddedRedis.start()) {
      Larder alone = opened.add(Larder.builder().keyPrefix("x").redis(own.uri()).build());
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
    ManagedNode one = node();
    ManagedNode two = node();
    for (long id = 0; id < 30; id++) {
      one.album(id);
      two.album(id);
    }
    one.sessions.put(1L, "somebody");
    seeEachOther(one.larder, two.larder);
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
    ManagedNode one = node();
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

  /** "0 entries" would be taken for an answer about the key that was meant. */
  @Test
  void preview_ofAKeyOrPrefixOfACacheThatNobodyHas_isNotFound_exceptWhereNoNodeTells() {
    ManagedNode one = node();
    for (Aim aim : List.of(
        new Aim(Aim.Kind.KEY, List.of(one.slot(4), "halfnote:albun:v1:4L")),
        new Aim(Aim.Kind.PREFIX, List.of("halfnote:albun:v1:4L:")))) {
      assertThatThrownBy(() -> one.management.preview(aim))
          .isInstanceOf(ManagementException.class)
          .hasMessageContaining("no cache 'albun'; there are album");
    }
    one.larder.close();
    Larder stores = larder();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(stores.management().overview().nodes()).isEmpty());
    Preview preview =
        stores.management().preview(new Aim(Aim.Kind.KEY, List.of("halfnote:albun:v1:4L")));
    assertThat(preview.entries()).isZero();
    assertThat(preview.isExact()).isTrue();
  }

  @Test
  void keys_areListed_pageByPage_andValuesShown() {
    ManagedNode one = node();
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
    ManagedNode one = node();
    ManagedNode two = node();
    one.album(5);
    seeEachOther(one.larder, two.larder);
    version.set(2);
    two.management.refresh(one.slot(5), "op");
    assertThat(one.album(5)).isEqualTo("v2 of 5");
    assertThat(two.management.touch(one.slot(5), Duration.ofHours(5), "op").done())
        .contains("lives 5 h");
    assertThatThrownBy(() -> two.management.refresh(one.slot(6), "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("not in its L1");
  }

  @Test
  void switches_reachAllNodes_alsoThoseThatStartLater() {
    ManagedNode one = node();
    ManagedNode two = node();
    seeEachOther(one.larder, two.larder);
    one.management.turn("album", 0, "op");
    assertThat(one.albums.isOn(1L)).isFalse();
    await().atMost(Duration.ofSeconds(30)).until(() -> !two.albums.isOn(1L));
    ManagedNode three = node();
    await().atMost(Duration.ofSeconds(30)).until(() -> !three.albums.isOn(1L));
    assertThat(two.management.overview().switches()).containsEntry("album", 0);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(SwitchOrder.of(two.management.overview(), "album"))
            .hasValueSatisfying(order -> {
              assertThat(order.who()).isEqualTo("op");
              assertThat(order.percent()).isZero();
              assertThat(order.atMillis()).isPositive();
            }));
    two.management.turn("album", 100, "op");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> one.albums.isOn(1L) && three.albums.isOn(1L));
    assertThatThrownBy(() -> one.management.turn("album", 101, "op"))
        .hasMessageContaining("101 is not 0 to 100");
  }

  @Test
  void events_ofAllNodes_areHeardOnOne() {
    ManagedNode one = node();
    ManagedNode two = node();
    seeEachOther(one.larder, two.larder);
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
    ManagedNode one = node();
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
    assertThat(node().album(9)).isEqualTo("v2 of 9");
  }

  @Test
  void withoutANodeOfItsOwn_anOperatorHearsOfLoadsToo() {
    ManagedNode one = node();
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

  @Test
  void distributions_addUpTheNodes() {
    ManagedNode one = node();
    ManagedNode two = node();
    seeEachOther(one.larder, two.larder);
    one.album(1);
    two.album(1);
    two.album(2);
    assertThat(two.management.distributions("album"))
        .extracting(each -> each.measure() + " " + each.count())
        .contains("LOAD 2", "TIER_HIT 1", "STORED_SIZE 2");
  }

  @Test
  void verify_findsNothingWhereAllIsWell() {
    ManagedNode one = node();
    ManagedNode two = node();
    seeEachOther(one.larder, two.larder);
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
