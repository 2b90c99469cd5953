package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.log.Position;
import dev.larder.testkit.Call;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node answers with nothing older than what it acknowledged or was asked for. */
class ReadYourWritesTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  /** The next read on the node that invalidated, though its follower has heard of nothing. */
  @ParameterizedTest
  @EnumSource
  void ownInvalidationHoldsWhenItReturns(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    for (Runnable end : List.<Runnable>of(
        () -> node.cache.invalidate(Lab.KEY),
        () -> node.larder.invalidateTags("of:v"),
        () -> node.cache.clear(),
        () -> node.larder.clear(),
        () -> node.larder.batch().key(node.cache, Lab.KEY).apply())) {
      lab.commit("v1");
      node.get();
      lab.commit("v2");
      end.run();
      assertThat(node.get()).isEqualTo("v2");
      node.cache.invalidate(Lab.KEY);
    }
  }

  /** A load begun after an own acknowledgement is as of it, and is stored, ahead of the follower. */
  @ParameterizedTest
  @EnumSource
  void loadAfterAnOwnInvalidationIsStored(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.larder.invalidateTags("of:v");
    node.get();
    assertThat(node.cached()).isEqualTo("v1");
    if (layout.isShared()) {
      assertThat(lab.node().cached()).isEqualTo("v1");
      node.catchUp();
      assertThat(node.cached()).isEqualTo("v1");
    }
  }

  private static void assertSees(Cache<Long, String> view, Lab lab) {
    assertThat(view.get(Lab.KEY).isAnswered()).isFalse();
    assertThat(view.getAll(List.of(Lab.KEY), keys -> Map.of(Lab.KEY, lab.source.get(Lab.KEY))))
        .containsExactly(Map.entry(Lab.KEY, "v2"));
    assertThat(view.get(Lab.KEY, lab.source::get)).isEqualTo("v2");
    assertThat(Lab.done(
            view.async().get(Lab.KEY, id -> CompletableFuture.completedFuture(lab.source.get(id)))))
        .isEqualTo("v2");
  }

  /** Another node is asked for a position it has not reached: it catches up first. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void askedPositionIsReachedFirst(Layout layout) {
    lab = new Lab(layout);
    Lab.Node one = lab.node();
    Lab.Node two = lab.node();
    two.get();
    lab.commit("v2");
    Position at = one.larder.invalidateTags("of:v").position().orElseThrow();
    assertThat(two.cached()).isEqualTo("v1");
    assertSees(two.cache.atLeast(at), lab);
  }

  /** It cannot catch up, since reading the log fails: the markers of the primary decide. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void unreachablePositionGoesRoundL1(Layout layout) {
    lab = new Lab(layout);
    Lab.Node one = lab.node();
    Lab.Node two = lab.node();
    two.get();
    lab.commit("v2");
    Position at = one.larder.invalidateTags("of:v").position().orElseThrow();
    two.l2.on(Call.LOG_READ).fail();
    two.database.on(Call.LOG_READ).fail();
    assertThat(two.cache.atLeast(at).get(Lab.KEY).isAnswered()).isFalse();
    assertThat(two.cache.atLeast(at).get(Lab.KEY, lab.source::get)).isEqualTo("v2");
  }

  /** Another process holds the lease while this node, asked for a position, gets many keys. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void manyKeysHoldToThePositionToo(Layout layout) {
    lab = new Lab(layout);
    Lab.Node one = lab.node();
    Lab.Node two = lab.node();
    two.get();
    lab.commit("v2");
    Position at = one.cache.invalidate(Lab.KEY).position().orElseThrow();
    CompletableFuture<String> load = new CompletableFuture<>();
    var unused = one.cache.async().get(Lab.KEY, id -> load);
    two.l2.on(Call.LOG_READ).fail();
    two.database.on(Call.LOG_READ).fail();
    var all = two.cache
        .atLeast(at)
        .async()
        .getAll(List.of(Lab.KEY), keys -> CompletableFuture.completedFuture(Map.of(Lab.KEY, "v2")));
    load.complete("v2");
    lab.scheduler.advance(java.time.Duration.ofMillis(20));
    assertThat(Lab.done(all)).containsExactly(Map.entry(Lab.KEY, "v2"));
  }

  /**
   * The position stands in the origin's log, which this node cannot read, and the other store has not
   * heard of it: then nothing cached can prove itself, and the source is asked.
   */
  @ParameterizedTest
  @EnumSource(names = "L1_L2_DATABASE")
  void positionOfAnUnreachableOriginIsNotAnsweredFromL2(Layout layout) {
    lab = new Lab(layout);
    Lab.Node one = lab.node();
    Lab.Node two = lab.node();
    two.get();
    lab.commit("v2");
    one.l2.onAll().fail();
    Acknowledgement done = one.larder.invalidateTags("of:v");
    two.database.onAll().fail();
    assertThat(two.cache.atLeast(done.position().orElseThrow()).get(Lab.KEY, lab.source::get))
        .isEqualTo("v2");
  }
}
