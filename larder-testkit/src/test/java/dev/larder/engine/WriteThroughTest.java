package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Acknowledgement;
import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A written value is stored only if nothing came between the token and the end of the write. */
class WriteThroughTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout) {
    lab = new Lab(layout);
    return lab.node();
  }

  /** The new value is read afterwards, here at once and elsewhere after the record. */
  @ParameterizedTest
  @EnumSource
  void writtenValueIsReadEverywhere(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = layout.isShared() ? lab.node() : one;
    two.get();
    Acknowledgement done = one.cache.write(Lab.KEY, () -> lab.commitAndReturn("v2"));
    assertThat(one.get()).isEqualTo("v2");
    assertThat(two.cache.atLeast(done.position().orElseThrow()).get(Lab.KEY, lab.source::get))
        .isEqualTo("v2");
  }

  /** The old entry in another node's L1 ends though the write succeeded: its record is always there. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void successfulWriteAppendsItsRecord(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = lab.node();
    two.get();
    one.cache.write(Lab.KEY, () -> lab.commitAndReturn("v2"));
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** A load that read before the commit ends after the write: the token has taken its right away. */
  @ParameterizedTest
  @EnumSource
  void loadUnderWayDoesNotReplaceTheWrittenValue(Layout layout) {
    Lab.Node one = open(layout);
    one.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      one.cache.write(id, () -> lab.commitAndReturn("v2"));
      return read;
    });
    assertThat(one.get()).isEqualTo("v2");
    if (layout.isShared()) {
      assertThat(lab.node().get()).isEqualTo("v2");
    }
  }

  /** A load begun after the token reads the old value and waits to fill: the commit overtakes it. */
  @ParameterizedTest
  @EnumSource
  void loadBegunDuringTheWriteIsNotStored(Layout layout) {
    Lab.Node one = open(layout);
    CompletableFuture<String> slow = new CompletableFuture<>();
    one.cache.write(Lab.KEY, () -> {
      Lab.Node reader = layout.isShared() ? lab.node() : one;
      var unused = reader.cache.async().get(Lab.KEY, id -> slow);
      return lab.commitAndReturn("v2");
    });
    slow.complete("v1");
    lab.scheduler.runDue();
    assertThat(one.get()).isEqualTo("v2");
  }

  /**
   * Two writers commit v2, then v3; the first stores after the second: v3 must not be replaced, on
   * any node.
   */
  @ParameterizedTest
  @EnumSource
  void laterCommitWins(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = layout.isShared() ? lab.node() : one;
    one.cache.write(Lab.KEY, () -> {
      String mine = lab.commitAndReturn("v2");
      two.cache.write(Lab.KEY, () -> lab.commitAndReturn("v3"));
      return mine;
    });
    assertThat(one.get()).isEqualTo("v3");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v3");
    if (layout.isShared()) {
      assertThat(lab.node().get()).isEqualTo("v3");
    }
  }

  /** Somebody changes the source and invalidates between the commit and the fill. */
  @ParameterizedTest
  @EnumSource
  void invalidationAfterTheCommitKeepsTheValueOut(Layout layout) {
    Lab.Node one = open(layout);
    one.cache.write(Lab.KEY, () -> {
      String mine = lab.commitAndReturn("v2");
      lab.commit("v3");
      one.cache.invalidate(Lab.KEY);
      return mine;
    });
    assertThat(one.get()).isEqualTo("v3");
  }

  /** A tag is invalidated while the source is written: the value's tags are as of the token. */
  @ParameterizedTest
  @EnumSource
  void tagInvalidationDuringTheWriteEndsTheValue(Layout layout) {
    Lab.Node one = open(layout);
    one.get();
    one.cache.write(Lab.KEY, () -> {
      String mine = lab.commitAndReturn("v2");
      lab.commit("v3");
      one.larder.invalidateTags("of:v");
      return mine;
    });
    assertThat(one.get()).isEqualTo("v3");
    if (layout.isShared()) {
      assertThat(lab.node().get()).isEqualTo("v3");
    }
  }

  /**
   * Another's record is known here from the origin's log, but its slot in L2 is not deleted yet, so
   * the token still lies there: the value must reach neither L1 nor a reader.
   */
  @ParameterizedTest
  @EnumSource(names = "L1_L2_DATABASE")
  void recordKnownFromTheOriginAloneKeepsTheValueOut(Layout layout) {
    Lab.Node one = open(layout);
    Stall deletes = one.l2.on(Call.TIER_DELETE).times(1).stall();
    var invalidated = new Object() {
      CompletableFuture<Acknowledgement> done = new CompletableFuture<>();
    };
    one.cache.write(Lab.KEY, () -> {
      String mine = lab.commitAndReturn("v2");
      lab.commit("v3");
      invalidated.done = one.cache.async().invalidate(Lab.KEY).toCompletableFuture();
      assertThat(deletes.held()).isEqualTo(1);
      return mine;
    });
    deletes.release();
    assertThat(Lab.done(invalidated.done)).isInstanceOf(Acknowledgement.Appended.class);
    assertThat(one.get()).isEqualTo("v3");
  }

  /** The fill's outcome is unknown: L1 may not have what L2 perhaps refused. */
  @ParameterizedTest
  @EnumSource(names = {"L1_L2", "L1_L2_DATABASE"})
  void fillThatFailsInvalidates(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = lab.node();
    one.l2.on(Call.TIER_FILL).fail();
    one.cache.write(Lab.KEY, () -> {
      String mine = lab.commitAndReturn("v2");
      two.cache.write(Lab.KEY, () -> lab.commitAndReturn("v3"));
      return mine;
    });
    one.l2.heal();
    assertThat(one.get()).isEqualTo("v3");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v3");
  }

  /** The value is too large to store, so no fill tells whether the token was still there. */
  @ParameterizedTest
  @EnumSource(names = {"L1_L2", "L1_L2_DATABASE"})
  void valueTooLargeForTheTierIsNotKeptInL1Either(Layout layout) {
    lab = new Lab(layout);
    Lab.Node one = lab.node(Lab.policy().maxValueBytes(1024).build());
    Lab.Node two = lab.node();
    one.cache.write(Lab.KEY, () -> {
      String mine = lab.commitAndReturn("v".repeat(2000));
      two.cache.write(Lab.KEY, () -> lab.commitAndReturn("v3"));
      return mine;
    });
    assertThat(one.get()).isEqualTo("v3");
  }

  /** The writer fails: nobody knows what the source has, so the key is invalidated. */
  @ParameterizedTest
  @EnumSource
  void failedWriterInvalidates(Layout layout) {
    Lab.Node one = open(layout);
    one.get();
    assertThatThrownBy(() -> one.cache.write(Lab.KEY, () -> {
          lab.commit("v2");
          throw new IOException("the answer was lost");
        }))
        .isExactlyInstanceOf(IOException.class);
    assertThat(one.isMissing()).isTrue();
    assertThat(one.get()).isEqualTo("v2");
  }

  /** No token could be planted: the write is an invalidation, and stores nothing. */
  @ParameterizedTest
  @EnumSource(names = {"L1_L2", "L1_L2_DATABASE"})
  void writeWithoutATokenStoresNothing(Layout layout) {
    Lab.Node one = open(layout);
    one.l2.on(Call.TIER_PLANT).times(1).fail();
    one.cache.write(Lab.KEY, () -> lab.commitAndReturn("v2"));
    assertThat(one.isMissing()).isTrue();
  }

  /** An update whose entry was invalidated in between must not bring it back. */
  @ParameterizedTest
  @EnumSource
  void updateOvertakenByAnInvalidationStoresNothing(Layout layout) {
    Lab.Node one = open(layout);
    one.get();
    int[] calls = {0};
    one.cache.update(Lab.KEY, value -> {
      if (calls[0]++ == 0) {
        lab.commit("v2");
        one.cache.invalidate(Lab.KEY);
      }
      return value + "+";
    });
    assertThat(one.get()).isEqualTo(lab.source.get(Lab.KEY));
  }

  /** Touching an entry lets it live longer and does not make it younger: an old tag record counts. */
  @ParameterizedTest
  @EnumSource
  void touchKeepsAsOf(Layout layout) {
    Lab.Node one = open(layout);
    one.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      one.larder.invalidateTags("of:v");
      return read;
    });
    assertThat(one.cache.touch(Lab.KEY, java.time.Duration.ofHours(2))).isFalse();
    assertThat(one.get()).isEqualTo("v2");
    assertThat(one.cache.touch(Lab.KEY, java.time.Duration.ofHours(2))).isTrue();
    one.larder.invalidateTags("of:v");
    assertThat(one.isMissing()).isTrue();
  }
}
