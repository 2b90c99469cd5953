package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.log.Change;
import dev.larder.log.OriginLog;
import dev.larder.log.Target;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L2 and a database: every invalidation is in both logs, and positions are never compared. */
class TwoLogsTest {

  private final Lab lab = new Lab(Layout.L1_L2_DATABASE);
  private final Lab.Node one = lab.node();
  private final Lab.Node two = lab.node();

  @BeforeEach
  void shiftTheLogs() {
    // Positions of the logs differ from here on, so that comparing them would be seen.
    for (int i = 0; i < 7; i++) {
      Lab.done(lab.l2
          .log()
          .append(
              new Change(Change.newNonce(true), List.of(Target.tag("shift")), "test", "test", 0),
              Duration.ofDays(1)));
    }
    one.catchUp();
    two.catchUp();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void relay() {
    lab.scheduler.advance(Duration.ofMillis(500));
  }

  /** The writer has no L2: nodes that follow the database refuse L2's entry until the relay. */
  @Test
  void invalidationWithoutL2IsHeardThroughTheDatabase() {
    two.get();
    lab.commit("v2");
    one.l2.down();
    Acknowledgement done = one.larder.invalidateTags("of:v");
    assertThat(done).isInstanceOf(Acknowledgement.Appended.class);
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** The same by key: its slot in L2 still holds the old entry. */
  @Test
  void keyInvalidatedWithoutL2IsRefusedThere() {
    two.get();
    lab.commit("v2");
    one.l2.down();
    one.cache.invalidate(Lab.KEY);
    two.catchUp();
    assertThat(two.isMissing()).isTrue();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** The relay brings it to L2's log; a node that starts then, and reads L2 alone, refuses it too. */
  @Test
  void relayBringsRecordsToL2() {
    two.get();
    lab.commit("v2");
    one.l2.down();
    one.larder.invalidateTags("of:v");
    relay();
    Lab.Node three = lab.node();
    three.database.down();
    assertThat(three.get()).isEqualTo("v2");
  }

  /** A value loaded after the invalidation is served from L2 once its log has the record. */
  @Test
  void entriesOfAfterTheRecordAreServedOnceItIsSettled() {
    one.larder.invalidateTags("of:v");
    two.catchUp();
    two.get();
    Lab.Node three = lab.node();
    assertThat(three.cached()).isEqualTo("v1");
  }

  /** A nonce met in the second log is no new record: what was loaded after the first stays. */
  @Test
  void secondMeetingOfARecordEndsNothing() {
    Stall l2 = one.l2.on(Call.LOG_APPEND).stall();
    CompletableFuture<Acknowledgement> done =
        one.cache.async().invalidate(Lab.KEY).toCompletableFuture();
    Lab.done(two.larder.catchUp());
    two.get();
    long hits = two.cache.stats().l1Hits();
    l2.release();
    assertThat(Lab.done(done)).isInstanceOf(Acknowledgement.Appended.class);
    two.catchUp();
    two.get();
    assertThat(two.cache.stats().l1Hits()).isEqualTo(hits + 1);
  }

  /**
   * A node starts while a record is on its way: it reads L2's log before the record is there, and the
   * origin's after. Forwarded meanwhile, it is not forgiven before L2's log is read again.
   */
  @Test
  void recordForwardedDuringTheStartIsNotForgiven() {
    two.get();
    lab.commit("v2");
    one.l2.down();
    one.larder.invalidateTags("of:v");
    Stall unforwarded = lab.stallNext(Call.LOG_UNFORWARDED);
    lab.options = builder -> builder.startTimeout(Duration.ofMillis(1));
    Lab.Node three = lab.node();
    assertThat(unforwarded.held()).isEqualTo(1);
    relayByHand();
    unforwarded.release();
    assertThat(three.isMissing()).isTrue();
    assertThat(three.get()).isEqualTo("v2");
  }

  private void relayByHand() {
    var log = (OriginLog) lab.database.log();
    for (var record : Lab.done(log.unforwarded(0, 100))) {
      Lab.done(lab.l2.invalidate(record.change(), Duration.ofDays(1)));
      Lab.done(log.markForwarded(List.of(record.nonce())));
    }
  }

  /**
   * A change is pending in L2 when L2's log begins a new epoch: it is still to come there, so an old
   * load that another node fills in the new epoch is refused.
   */
  @Test
  void changePendingInALogOutlivesItsEpoch() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    MemoryStore fresh = lab.memory("lab-l2", false, 1000);
    two.l2.replaceWith(fresh);
    two.catchUp();
    var unused = two.cache.async().get(Lab.KEY, id -> slow);
    lab.commit("v2");
    one.l2.down();
    one.larder.invalidateTags("of:v");
    slow.complete("v1");
    one.l2.heal();
    one.l2.on(Call.LOG_AWAIT).drop();
    one.l2.replaceWith(fresh);
    one.catchUp();
    one.catchUp();
    assertThat(one.get()).isEqualTo("v2");
  }

  /** L2 comes back after an outage: nothing that was invalidated meanwhile is served from it. */
  @Test
  void nothingInvalidatedDuringAnOutageComesBack() {
    two.get();
    one.get();
    lab.commit("v2");
    one.l2.down();
    two.l2.down();
    lab.scheduler.advance(Duration.ofSeconds(1));
    one.larder.invalidateTags("of:v");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
    one.l2.heal();
    two.l2.heal();
    one.l2.on(Call.LOG_AWAIT).drop();
    two.l2.on(Call.LOG_AWAIT).drop();
    lab.scheduler.advance(Duration.ofSeconds(1));
    assertThat(two.get()).isEqualTo("v2");
    assertThat(one.get()).isEqualTo("v2");
    assertThat(lab.node().get()).isEqualTo("v2");
  }
}
