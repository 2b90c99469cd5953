package dev.larder.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a node knows, how it forgets, and that it then says so. */
class NodeTest {

  private static final Target TAG = Target.tag("artist:7");
  private static final String KEY = "lab:album:v1:1";

  private final Node node = new Node(List.of("a", "b"), 100, 4);
  private long nextA;
  private long nextB;

  private static Change change(Target... targets) {
    return new Change(Change.newNonce(false), List.of(targets), "test", "test", 0);
  }

  private void begin() {
    node.begin(0, 1, 0);
    node.begin(1, 1, 0);
  }

  private void followA(Change change) {
    node.applyFollowed(0, new LogRecord(new Position("a", 1, ++nextA), 0, change, false));
  }

  private void followB(Change change) {
    node.applyFollowed(1, new LogRecord(new Position("b", 1, ++nextB), 0, change, false));
  }

  private Mark mark(Target target) {
    return node.marks(List.of(target))[0];
  }

  /** Nothing was read of a log: every entry has to ask the markers. */
  @Test
  void unreadLogKnowsNothing() {
    assertThat(mark(TAG).judge(0, 1_000)).isEqualTo(Mark.Verdict.UNKNOWN);
    assertThat(node.isRead(0)).isFalse();
    assertThat(node.now().epoch(0)).isZero();
  }

  /** At or above the oldest record read an unknown tag is clean; below it the marker has to say. */
  @Test
  void floorDividesCleanFromUnknown() {
    node.begin(0, 1, 50);
    assertThat(mark(TAG).judge(0, 50)).isEqualTo(Mark.Verdict.VALID);
    assertThat(mark(TAG).judge(0, 49)).isEqualTo(Mark.Verdict.UNKNOWN);
  }

  /** A mark made before the log was read is bounded by the floor too, once it is. */
  @Test
  void marksMadeBeforeTheReadGetTheFloor() {
    Mark tag = mark(TAG);
    Mark all = mark(Target.ALL);
    node.begin(0, 1, 50);
    for (Mark each : List.of(tag, all)) {
      assertThat(each.judge(0, 50)).isEqualTo(Mark.Verdict.VALID);
      assertThat(each.judge(0, 49)).isEqualTo(Mark.Verdict.UNKNOWN);
    }
  }

  /** A record ends what is as of before it, in its log and by the local number. */
  @Test
  void recordDividesOldFromNew() {
    begin();
    long before = node.sequence();
    Mark mark = mark(TAG);
    Change change = change(TAG);
    followA(change);
    assertThat(mark.sequence()).isGreaterThan(before);
    assertThat(mark.judge(0, nextA - 1)).isEqualTo(Mark.Verdict.INVALID);
    assertThat(mark.judge(0, nextA)).isEqualTo(Mark.Verdict.VALID);
    long after = node.sequence();
    followB(change);
    assertThat(node.sequence()).isEqualTo(after);
    assertThat(mark.judge(1, nextB - 1)).isEqualTo(Mark.Verdict.INVALID);
    assertThat(mark.judge(1, nextB)).isEqualTo(Mark.Verdict.VALID);
  }

  /** Known from one log alone: no entry of the other can show on which side it was loaded. */
  @Test
  void recordIsPendingUntilTheOtherLogHasIt() {
    begin();
    Change change = change(TAG);
    followB(change);
    assertThat(mark(TAG).judge(0, 1_000)).isEqualTo(Mark.Verdict.INVALID);
    Change second = change(TAG);
    followB(second);
    followA(change);
    assertThat(mark(TAG).judge(0, 1_000)).isEqualTo(Mark.Verdict.INVALID);
    followA(second);
    assertThat(mark(TAG).judge(0, nextA)).isEqualTo(Mark.Verdict.VALID);
  }

  /** An evicted row raises the floors to what it knew, and poisons entries that hold it. */
  @Test
  void evictedTagRaisesTheFloorAndIsPoisoned() {
    begin();
    for (int i = 0; i < 1_000; i++) {
      followA(change(Target.tag("tag:" + i)));
    }
    Mark held = mark(Target.tag("tag:0"));
    for (int i = 1_000; i < 5_000; i++) {
      followA(change(Target.tag("tag:" + i)));
      mark(Target.tag("tag:" + i));
    }
    int evicted = 0;
    for (int i = 0; i < 5_000; i++) {
      Mark now = mark(Target.tag("tag:" + i));
      assertThat(now.judge(0, i)).as("older than its record").isNotEqualTo(Mark.Verdict.VALID);
      evicted += now.judge(0, i + 1) == Mark.Verdict.UNKNOWN ? 1 : 0;
      assertThat(now.sequence()).isGreaterThan(i);
    }
    assertThat(evicted).isGreaterThan(1_000);
    if (mark(Target.tag("tag:0")) != held) {
      assertThat(held.sequence()).isEqualTo(Long.MAX_VALUE);
      assertThat(held.judge(0, Long.MAX_VALUE - 1)).isEqualTo(Mark.Verdict.INVALID);
    }
  }

  /** The marks of everything and of caches outlive any number of tags. */
  @Test
  void marksOfCachesAreNotEvicted() {
    begin();
    Mark all = mark(Target.ALL);
    Mark cache = mark(Target.cache("lab:album:"));
    for (int i = 0; i < 5_000; i++) {
      followA(change(Target.tag("tag:" + i)));
    }
    assertThat(mark(Target.ALL)).isSameAs(all);
    assertThat(mark(Target.cache("lab:album:"))).isSameAs(cache);
    assertThat(all.judge(0, 0)).isEqualTo(Mark.Verdict.VALID);
  }

  /** A key that fell out of the ring raises its floor: what is as of before that is not stored. */
  @Test
  void ringThatOverflowsRefusesOldValues() {
    begin();
    long before = node.sequence();
    assertThat(node.isKeyClean(KEY, before)).isTrue();
    followA(change(Target.key(KEY)));
    for (int i = 0; i < 10; i++) {
      followA(change(Target.key("other:" + i)));
    }
    assertThat(node.isKeyClean(KEY, before)).isFalse();
    assertThat(node.isKeyClean("never:heard", before)).isFalse();
    assertThat(node.isKeyClean(KEY, node.sequence())).isTrue();
  }

  /** One change with more keys than the ring holds. */
  @Test
  void changeLargerThanTheRingRefusesAllOldValues() {
    begin();
    long before = node.sequence();
    List<Target> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add(Target.key("key:" + i));
    }
    followA(change(keys.toArray(Target[]::new)));
    for (int i = 0; i < 50; i++) {
      assertThat(node.isKeyClean("key:" + i, before)).isFalse();
    }
  }

  /** A record that falls out of the ring while it is pending in a log: that log's epoch has to end. */
  @Test
  void forgettingWhatIsPendingAsksForANewEpoch() {
    begin();
    followB(change(Target.key(KEY)));
    for (int i = 0; i < 10; i++) {
      Change other = change(Target.key("other:" + i));
      followB(other);
      followA(other);
    }
    assertThat(node.mustRenew(0)).isTrue();
    assertThat(node.mustRenew(1)).isFalse();
    node.forget(0, 2);
    assertThat(node.mustRenew(0)).isFalse();
  }

  /** A broken log: ring, tags and L1 go together, and what was loaded before is stored nowhere. */
  @Test
  void forgettingDropsAllTogether() {
    begin();
    List<String> heard = new ArrayList<>();
    node.listen(new Node.Listener() {
      @Override
      public void onKey(String slot, long sequence) {}

      @Override
      public void onForget(String log, long sequence) {
        heard.add("forget " + sequence);
      }
    });
    long before = node.sequence();
    Mark old = mark(TAG);
    node.forget(0, 2);
    assertThat(heard).containsExactly("forget " + (before + 1));
    assertThat(node.isKeyClean(KEY, before)).isFalse();
    assertThat(node.isKeyClean(KEY, node.sequence())).isTrue();
    assertThat(mark(TAG)).isNotSameAs(old);
    assertThat(mark(TAG).sequence()).isGreaterThan(before);
    assertThat(node.now().epoch(0)).isEqualTo(2);
    assertThat(node.now().position(0)).isZero();
  }

  /** What is still to come to the broken log is not forgotten with it. */
  @Test
  void forgettingKeepsWhatIsStillToCome() {
    begin();
    Change change = change(TAG, Target.key(KEY));
    followB(change);
    node.forget(0, 2);
    assertThat(mark(TAG).judge(0, 1_000)).isEqualTo(Mark.Verdict.INVALID);
    Mark key = node.key(KEY);
    assertThat(key).isNotNull();
    assertThat(key.judge(0, 1_000)).isEqualTo(Mark.Verdict.INVALID);
    node.applyFollowed(0, new LogRecord(new Position("a", 2, 1), 0, change, false));
    assertThat(mark(TAG).judge(0, 0)).isEqualTo(Mark.Verdict.INVALID);
    assertThat(mark(TAG).judge(0, 1)).isEqualTo(Mark.Verdict.VALID);
    assertThat(mark(TAG).judge(1, 1_000)).isEqualTo(Mark.Verdict.VALID);
  }

  /** Positions seen in acknowledgements count for loads, but not as followed. */
  @Test
  void ownRecordsCountForLoadsAndNotAsFollowed() {
    begin();
    Position at = new Position("a", 1, 9);
    node.applyOwn(0, new LogRecord(at, 0, change(TAG), false));
    assertThat(node.now().position(0)).isEqualTo(9);
    assertThat(node.hasReached(at)).isFalse();
    assertThat(node.hasReached(new Position("unknown", 1, 1))).isFalse();
  }

  /** The store's marker answers for what is below the floor, and never hides a record heard of. */
  @Test
  void learntMarkerDoesNotHideARecord() {
    node.begin(0, 1, 50);
    nextA = 50;
    followA(change(TAG));
    node.learn(0, TAG, 10);
    assertThat(mark(TAG).judge(0, 20)).isEqualTo(Mark.Verdict.INVALID);
    Target other = Target.tag("other");
    node.learn(0, other, 10);
    assertThat(mark(other).judge(0, 20)).isEqualTo(Mark.Verdict.VALID);
    assertThat(mark(other).judge(0, 9)).isEqualTo(Mark.Verdict.INVALID);
  }

  /** The number of an own write, unless another record of the key stands before it. */
  @Test
  void numberOfAWriteIsGivenOnlyIfNothingCameBetween() {
    begin();
    long before = node.sequence();
    Change first = change(Target.key(KEY));
    followA(first);
    long number = node.numberIfNext(first.nonce(), before);
    assertThat(number).isEqualTo(node.sequence());
    Change second = change(Target.key(KEY));
    followA(second);
    assertThat(node.numberIfNext(second.nonce(), before)).isEqualTo(-1);
    assertThat(node.numberIfNext(second.nonce(), number)).isEqualTo(node.sequence());
  }

  /** A place that this node went past without a trace has the number of the record behind it. */
  @Test
  void placeIsJudgedByTheRecordBehindIt() {
    begin();
    for (int i = 0; i < 10; i++) {
      followA(change(TAG));
    }
    long tenth = node.sequence();
    followA(change(TAG));
    assertThat(node.numberBehind(new Position("a", 1, 10))).isEqualTo(node.sequence());
    assertThat(node.numberBehind(new Position("a", 1, 9))).isEqualTo(tenth);
    assertThat(node.numberBehind(new Position("a", 1, 11))).isEqualTo(node.sequence() + 1);
  }

  /** All that is here is as of before a place that this node has not come to, or an epoch. */
  @Test
  void placeAheadIsBehindAllThatIsHere() {
    begin();
    followA(change(TAG));
    assertThat(node.numberBehind(new Position("a", 1, 50))).isEqualTo(node.sequence() + 1);
    assertThat(node.numberBehind(new Position("a", 2, 0))).isEqualTo(node.sequence() + 1);
    node.applyOwn(0, new LogRecord(new Position("a", 1, 40), 0, change(TAG), false));
    assertThat(node.numberBehind(new Position("a", 1, 30)))
        .as("loads since the own record are as of it")
        .isEqualTo(node.sequence());
    assertThat(node.numberBehind(new Position("a", 1, 40))).isEqualTo(node.sequence() + 1);
  }

  @Test
  void placeOutOfSightHasNoNumber() {
    assertThat(node.numberBehind(new Position("a", 1, 1))).as("unread").isEqualTo(-1);
    node.begin(0, 2, 50);
    nextA = 49;
    node.applyFollowed(0, new LogRecord(new Position("a", 2, 50), 0, change(TAG), false));
    assertThat(node.numberBehind(new Position("a", 2, 48)))
        .as("below the floor")
        .isEqualTo(-1);
    assertThat(node.numberBehind(new Position("a", 2, 49))).isEqualTo(node.sequence());
    assertThat(node.numberBehind(new Position("a", 1, 50))).as("an older epoch").isEqualTo(-1);
    assertThat(node.numberBehind(new Position("c", 2, 50))).as("another log").isEqualTo(-1);
    for (int i = 51; i < 6_000; i++) {
      node.applyFollowed(0, new LogRecord(new Position("a", 2, i), 0, change(TAG), false));
    }
    assertThat(node.numberBehind(new Position("a", 2, 60))).as("long ago").isEqualTo(-1);
    assertThat(node.numberBehind(new Position("a", 2, 5_000))).isPositive();
  }

  /** A log that fell silent knows an older record: positions of two logs are not compared, numbers are. */
  @Test
  void lastRecordOfATarget_isThatOfTheLogThatWentOn() {
    begin();
    Change first = change(TAG);
    followA(first);
    followB(first);
    assertThat(node.lastOf(mark(TAG))).isEqualTo(new Position("a", 1, nextA));
    Position inA = new Position("a", 1, nextA);
    followB(change(TAG));
    assertThat(node.lastOf(mark(TAG))).isEqualTo(new Position("b", 1, nextB)).isNotEqualTo(inA);
    followA(change(TAG));
    assertThat(node.lastOf(mark(TAG))).isEqualTo(new Position("a", 1, nextA));
    assertThat(node.lastOf(mark(Target.tag("never ended")))).isNull();
  }

  /** Listeners hear of a change once, after it counts. */
  @Test
  void changeIsHeardOnce() {
    begin();
    List<Change> heard = new ArrayList<>();
    node.listen(new Node.Listener() {
      @Override
      public void onKey(String slot, long sequence) {}

      @Override
      public void onForget(String log, long sequence) {}

      @Override
      public void onChange(Change change, @Nullable Position position, long sequence) {
        heard.add(change);
      }
    });
    Change change = change(TAG);
    followB(change);
    followA(change);
    followA(change);
    assertThat(heard).containsExactly(change);
  }
}
