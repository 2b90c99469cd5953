package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Lookup;
import dev.larder.UnitOfWork;
import dev.larder.stats.CacheStats;
import dev.larder.testkit.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key that is switched off is neither looked up nor stored, and nothing stale is there afterwards. */
class SwitchesTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout) {
    lab = new Lab(layout);
    return lab.node();
  }

  private static void off(Lab.Node node) {
    node.larder.switches().all().off();
  }

  private static void on(Lab.Node node) {
    node.larder.switches().all().on();
  }

  // ---- off

  @ParameterizedTest
  @EnumSource
  void off_eachReadAsksTheSource_andAsksNoTier(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    off(node);
    long reads = node.near().calls(Call.TIER_READ);
    lab.commit("v2");
    assertThat(node.get()).isEqualTo("v2");
    lab.commit("v3");
    assertThat(node.get()).isEqualTo("v3");
    assertThat(node.cache.get(Lab.KEY)).isInstanceOf(Lookup.Miss.class);
    assertThat(Lab.done(node.cache
            .async()
            .get(Lab.KEY, id -> CompletableFuture.completedFuture(lab.source.get(id)))))
        .isEqualTo("v3");
    assertThat(node.cache.getAll(List.of(Lab.KEY), ids -> Map.copyOf(lab.source)))
        .containsExactly(Map.entry(Lab.KEY, "v3"));
    assertThat(node.near().calls(Call.TIER_READ)).isEqualTo(reads);
    CacheStats stats = node.cache.stats();
    assertThat(stats.requests()).isEqualTo(1);
    assertThat(stats.passes()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void off_nothingIsStored(Layout layout) {
    Lab.Node node = open(layout);
    off(node);
    node.get();
    node.cache.getAll(List.of(Lab.KEY), ids -> Map.copyOf(lab.source));
    node.cache.put(Lab.KEY, "v1");
    node.cache.refresh(Lab.KEY, lab.source::get);
    on(node);
    assertThat(node.isMissing()).isTrue();
    if (layout.isShared()) {
      assertThat(lab.node().isMissing()).isTrue();
    }
  }

  /** What was valid all the while is there again: a switch empties nothing. */
  @ParameterizedTest
  @EnumSource
  void onAgain_whatNobodyInvalidatedIsThere(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    off(node);
    node.get();
    on(node);
    assertThat(node.cached()).isEqualTo("v1");
  }

  // ---- what changes meanwhile

  private void isDead(Layout layout, Consumer<Lab.Node> change) {
    Lab.Node node = open(layout);
    node.get();
    off(node);
    lab.commit("v2");
    change.accept(node);
    on(node);
    assertThat(node.cached()).isNotEqualTo("v1");
    assertThat(node.get()).isEqualTo("v2");
    if (layout.isShared()) {
      assertThat(lab.node().get()).isEqualTo("v2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void off_invalidatedKeyIsDead(Layout layout) {
    isDead(layout, node -> node.cache.invalidate(Lab.KEY));
  }

  @ParameterizedTest
  @EnumSource
  void off_invalidatedTagIsDead(Layout layout) {
    isDead(layout, node -> node.larder.invalidateTags("of:v"));
  }

  @ParameterizedTest
  @EnumSource
  void off_clearedCacheIsDead(Layout layout) {
    isDead(layout, node -> node.cache.clear());
  }

  @ParameterizedTest
  @EnumSource
  void off_putIsAnInvalidation(Layout layout) {
    isDead(layout, node -> node.cache.put(Lab.KEY, "v2"));
  }

  @ParameterizedTest
  @EnumSource
  void off_writeIsAnInvalidation(Layout layout) {
    isDead(layout, node -> node.cache.write(Lab.KEY, () -> "v2"));
  }

  @ParameterizedTest
  @EnumSource
  void off_updateIsAnInvalidation(Layout layout) {
    isDead(layout, node -> node.cache.update(Lab.KEY, old -> "v2"));
  }

  @ParameterizedTest
  @EnumSource
  void off_refreshEndsWhatItWouldHaveReplaced(Layout layout) {
    isDead(layout, node -> node.cache.refresh(Lab.KEY, lab.source::get));
  }

  @ParameterizedTest
  @EnumSource
  void off_unitsInvalidateAtTheirCommit(Layout layout) {
    isDead(layout, node -> {
      UnitOfWork unit = node.larder.beginUnit();
      node.cache.put(Lab.KEY, "v2");
      assertThat(node.get()).isEqualTo("v2");
      unit.commit();
    });
  }

  /** Another node, which is on, has the old value in its L1 and in the tiers. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void off_writeReachesNodesThatAreOn(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = lab.node();
    two.get();
    off(one);
    one.cache.write(Lab.KEY, () -> lab.commitAndReturn("v2"));
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** Written by a node that is on, while this one is off. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void off_writesOfOthersAreApplied(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = lab.node();
    one.get();
    off(one);
    two.cache.write(Lab.KEY, () -> lab.commitAndReturn("v2"));
    one.catchUp();
    on(one);
    assertThat(one.get()).isEqualTo("v2");
  }

  // ---- loads under way when the switch is thrown

  @ParameterizedTest
  @EnumSource
  void loadUnderWayWhenOff_isNotStored_andItsWaitersHaveTheValue(Layout layout) {
    Lab.Node node = open(layout);
    CompletableFuture<String> slow = new CompletableFuture<>();
    var first = node.cache.async().get(Lab.KEY, id -> slow);
    lab.scheduler.runDue();
    var waiter = node.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("other"));
    off(node);
    slow.complete("v1");
    lab.scheduler.runDue();
    assertThat(Lab.done(first)).isEqualTo("v1");
    assertThat(Lab.done(waiter)).isEqualTo("v1");
    on(node);
    assertThat(node.isMissing()).isTrue();
    if (layout.isShared()) {
      assertThat(lab.node().isMissing()).isTrue();
    }
  }

  /** Its lease is given back: others need not wait until it runs out. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void loadUnderWayWhenOff_givesItsLeaseBack(Layout layout) {
    Lab.Node node = open(layout);
    Lab.Node other = lab.node();
    CompletableFuture<String> slow = new CompletableFuture<>();
    var unused = node.cache.async().get(Lab.KEY, id -> slow);
    lab.scheduler.runDue();
    off(node);
    slow.complete("v1");
    lab.scheduler.runDue();
    assertThat(Lab.done(
            other.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("v1"))))
        .isEqualTo("v1");
    assertThat(other.cached()).isEqualTo("v1");
  }

  /** Begun off, ended on, and something was invalidated in between: as of its begin, so refused. */
  @ParameterizedTest
  @EnumSource
  void loadBegunOff_endedOn_storesNothingThatWasInvalidatedMeanwhile(Layout layout) {
    Lab.Node node = open(layout);
    off(node);
    CompletableFuture<String> slow = new CompletableFuture<>();
    var old = node.cache.async().get(Lab.KEY, id -> slow);
    lab.commit("v2");
    node.larder.invalidateTags("of:v");
    on(node);
    slow.complete("v1");
    lab.scheduler.runDue();
    assertThat(Lab.done(old)).isEqualTo("v1");
    assertThat(node.get()).isEqualTo("v2");
  }

  /** The write begins on and commits off: its record ends the key, its token is given back. */
  @ParameterizedTest
  @EnumSource
  void writeUnderWayWhenOff_isAnInvalidation(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    node.cache.write(Lab.KEY, () -> {
      off(node);
      return lab.commitAndReturn("v2");
    });
    on(node);
    assertThat(node.isMissing()).isTrue();
    assertThat(node.get()).isEqualTo("v2");
  }

  @ParameterizedTest
  @EnumSource
  void putInAUnit_committedOff_isAnInvalidation(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.put(Lab.KEY, lab.commitAndReturn("v2"));
    off(node);
    unit.commit();
    on(node);
    assertThat(node.isMissing()).isTrue();
  }

  @Test
  void off_nothingStandsInForALoadThatFails() {
    Lab.Node node = lab.node(Lab.policy().staleIfError(Duration.ofDays(1)).build());
    node.get();
    off(node);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.cache.get(Lab.KEY, id -> {
          throw new IllegalArgumentException("down");
        }));
  }

  // ---- what is built from a key that is off

  /** A page that is cached, over a part that is not: the part's tags are still the page's. */
  @ParameterizedTest
  @EnumSource
  void capture_takesTheTagsOfWhatIsOff(Layout layout) {
    Lab.Node node = open(layout);
    Cache<String, String> pages = node.larder.cache(
        "page", CachePolicy.of(String.class, String.class).capture().build());
    node.larder.switches().cache("album").off();
    pages.get("front", page -> "page of " + node.get());
    assertThat(pages.get("front")).isInstanceOf(Lookup.Hit.class);
    lab.commit("v2");
    node.larder.invalidateTags("id:1");
    assertThat(pages.get("front", page -> "page of " + node.get())).isEqualTo("page of v2");
  }

  @Test
  void off_loadersRunOneForEachCaller_onTheirThreads() {
    Lab.Node node = lab.node();
    off(node);
    List<Thread> threads = new ArrayList<>();
    node.cache.get(Lab.KEY, outer -> {
      threads.add(Thread.currentThread());
      return node.cache.get(Lab.KEY, inner -> {
        threads.add(Thread.currentThread());
        return "v1";
      });
    });
    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
  }
}
