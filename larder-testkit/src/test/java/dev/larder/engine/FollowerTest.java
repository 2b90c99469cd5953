package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.testkit.Call;
import dev.larder.testkit.FaultyStore;
import dev.larder.testkit.Stall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node may serve from L1, and when it has to ask. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
class FollowerTest {

  private final Lab lab;
  private final Lab.Node one;
  private final Lab.Node two;

  FollowerTest(Layout layout) {
    lab = new Lab(layout);
    one = lab.node();
    two = lab.node();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** A node that has applied a record serves nothing it covers, by key, tag, prefix or cache. */
  @Test
  void recordsOfOthersEndEntriesHere() {
    for (Runnable end : List.<Runnable>of(
        () -> one.cache.invalidate(Lab.KEY),
        () -> one.larder.invalidateTags("of:v"),
        () -> one.cache.invalidateTags("id:1"),
        () -> one.cache.clear(),
        () -> one.larder.clear())) {
      two.get();
      assertThat(two.isMissing()).isFalse();
      end.run();
      two.catchUp();
      assertThat(two.isMissing()).isTrue();
    }
  }

  /** The long poll applies a record at once, without a heartbeat. */
  @Test
  void longPollAppliesRecords() {
    two.get();
    two.l2.heal();
    two.database.heal();
    // The dropped wait of before never ends, so a third node follows in earnest.
    lab.options = builder -> {};
    Lab.Node three = lab.node();
    three.l2.heal();
    three.database.heal();
    assertThat(three.get()).isEqualTo("v1");
    lab.scheduler.runDue();
    Lab.Node four = lab.node();
    assertThat(four.get()).isEqualTo("v1");
    one.cache.invalidate(Lab.KEY);
    assertThat(three.catchUp()).isTrue();
    assertThat(three.isMissing()).isTrue();
  }

  /** The link is cut: past maxStaleness L1 is not served, whatever it holds. */
  @Test
  void unconfirmedNodeDoesNotServeL1() {
    two.get();
    lab.commit("v2");
    one.cache.invalidate(Lab.KEY);
    two.near().on(Call.LOG_TAIL, Call.LOG_READ).fail();
    if (lab.layout == Layout.L1_L2_DATABASE) {
      two.database.on(Call.LOG_TAIL, Call.LOG_READ).fail();
    }
    assertThat(two.get()).isEqualTo("v1");
    lab.scheduler.advance(Duration.ofMillis(1_000));
    lab.scheduler.advance(Duration.ofMillis(1));
    assertThat(two.get()).isEqualTo("v2");
  }

  /** Confirmed counts from when the proof was asked for: a slow answer says nothing of later. */
  @Test
  void confirmationCountsFromItsSendTime() {
    two.get();
    FaultyStore store = two.first();
    Stall slow = store.on(Call.LOG_TAIL).times(1).stallAnswer();
    var proof = two.larder.catchUp();
    assertThat(slow.held()).isEqualTo(1);
    lab.commit("v2");
    one.cache.invalidate(Lab.KEY);
    lab.time.advance(Duration.ofMillis(1_500));
    slow.releaseOne();
    assertThat(Lab.isDone(proof)).isTrue();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** An empty answer of the long poll proves nothing: a server that lost its tail gives it too. */
  @Test
  void emptyPollDoesNotConfirm() {
    Lab.Node three = lab.node();
    three.get();
    three.l2.heal();
    three.database.heal();
    three.l2.on(Call.LOG_TAIL).fail();
    three.database.on(Call.LOG_TAIL).fail();
    lab.scheduler.runDue();
    three.get();
    long hits = three.cache.stats().l1Hits();
    lab.scheduler.advance(Duration.ofSeconds(3));
    three.get();
    assertThat(three.cache.stats().l1Hits()).isEqualTo(hits);
  }

  /**
   * An unconfirmed node reads L2 by the markers of the primary: a tag that another invalidated is
   * found, though this node has not heard of it.
   */
  @Test
  void unconfirmedNodeAsksTheMarkers() {
    two.get();
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    two.l2.on(Call.LOG_READ).fail();
    two.database.on(Call.LOG_READ).fail();
    lab.time.advance(Duration.ofMillis(1_100));
    assertThat(two.get()).isEqualTo("v2");
  }

  /** A confirmed node reads an entry with one plain read and no markers. */
  @Test
  void confirmedNodeReadsWithoutMarkers() {
    one.get();
    two.catchUp();
    two.near().resetCalls();
    assertThat(two.get()).isEqualTo("v1");
    assertThat(two.near().calls(Call.TIER_READ)).isEqualTo(1);
    assertThat(two.near().calls()).isEqualTo(1);
  }

  /** Of calls at the same time one round is shared, but none by a call that came after it began. */
  @Test
  void catchUpIsNotAnsweredByARoundBegunBefore() {
    Stall tail = two.first().on(Call.LOG_TAIL).times(1).stallAnswer();
    var early = two.larder.catchUp();
    Acknowledgement done = one.cache.invalidate(Lab.KEY);
    var late = two.larder.catchUp();
    assertThat(Lab.isDone(late)).isFalse();
    tail.release();
    assertThat(Lab.done(early)).isTrue();
    assertThat(Lab.done(late)).isTrue();
    Position at = done.position().orElseThrow();
    long asked = two.first().calls(Call.LOG_TAIL);
    assertThat(two.cache.atLeast(at).get(Lab.KEY).isAnswered()).isFalse();
    assertThat(two.first().calls(Call.LOG_TAIL)).isEqualTo(asked);
  }

  /** A listener that throws must not stop the node from following. */
  @Test
  void throwingListenerDoesNotStopTheFollower() {
    List<Change> heard = new ArrayList<>();
    two.larder.onChange(change -> {
      heard.add(change);
      throw new IllegalStateException("a listener's own fault");
    });
    two.get();
    one.cache.invalidate(Lab.KEY);
    assertThat(two.catchUp()).isTrue();
    assertThat(two.isMissing()).isTrue();
    assertThat(two.cache.invalidate(Lab.KEY)).isInstanceOf(Acknowledgement.Appended.class);
    assertThat(heard).hasSize(2);
  }
}
