package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The part of {@link InvalidationLogContract} that is about waiting for records. */
abstract class AwaitContract extends MarkerContract {

  /** Longer than any test: only a record ends such a wait. */
  private static final Duration ENDLESS = Duration.ofMinutes(5);

  @Test
  void await_recordIsThere_givesItAtOnce() {
    Position opening = opened();
    LogRecord record = append(Target.ALL);
    assertThat(get(log().await(opening, 10, ENDLESS))).containsExactly(record);
  }

  @Test
  void await_limit_givesTheOldest() {
    Position opening = opened();
    LogRecord first = append(Target.ALL);
    LogRecord second = append(Target.ALL);
    append(Target.ALL);
    assertThat(get(log().await(opening, 2, ENDLESS))).containsExactly(first, second);
  }

  @Test
  void await_appendOnTheSameNode_wakes() {
    Position opening = opened();
    CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, ENDLESS);
    assertThat(isDone(waiting)).isFalse();
    LogRecord record = append(Target.ALL);
    assertThat(get(waiting)).containsExactly(record);
  }

  @Test
  void await_appendOnAnotherNode_wakes() {
    Position opening = opened();
    InvalidationLog other = anotherNode().log();
    CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, ENDLESS);
    LogRecord record = get(other.append(change(Target.ALL), LONG));
    assertThat(get(waiting)).containsExactly(record);
  }

  @Test
  void await_newEpoch_wakes() {
    Position opening = opened();
    long nonce = get(log().tail()).nonce();
    InvalidationLog other = anotherNode().log();
    CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, ENDLESS);
    Position reopened = position(get(other.openEpoch(opening, nonce, opening.epoch() + 1, 11)));
    List<LogRecord> records = get(waiting);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).position()).isEqualTo(reopened);
    assertThat(records.get(0).opensEpoch()).isTrue();
  }

  @Test
  void await_nothingComes_givesAnEmptyList() {
    Position opening = opened();
    CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, Duration.ofMillis(100));
    eventually(Duration.ofMillis(100), () -> isDone(waiting));
    assertThat(get(waiting)).isEmpty();
  }

  @Test
  void await_shortestWaits_doNotLastForever() {
    Position opening = opened();
    for (Duration wait : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(1))) {
      CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, wait);
      eventually(Duration.ofMillis(1), () -> isDone(waiting));
      assertThat(get(waiting)).isEmpty();
    }
  }

  @Test
  void await_whileWaiting_otherCallsAreAnswered() {
    Position opening = opened();
    CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, ENDLESS);
    assertThat(get(log().tail()).position()).isEqualTo(opening);
    assertThat(get(store().tier().read(key("1"))).nonce()).isZero();
    get(log().holdMarkers(List.of("tx"), LONG));
    assertThat(get(log().markers(List.of("tx")))).hasSize(1);
    assertThat(get(log().read(opening, 10))).isEmpty();
    assertThat(isDone(waiting)).isFalse();
    LogRecord record = append(Target.ALL);
    assertThat(get(waiting)).containsExactly(record);
  }

  @Test
  void await_recordsOfAnotherLog_doNotWake() {
    Position opening = opened();
    InvalidationLog strange = stranger().log();
    get(strange.openEpoch(null, 0, 7, nonce()));
    CompletionStage<List<LogRecord>> waiting = log().await(opening, 10, Duration.ofMillis(300));
    get(strange.append(change(Target.ALL), LONG));
    eventually(Duration.ofMillis(300), () -> isDone(waiting));
    assertThat(get(waiting)).isEmpty();
  }

  @Test
  void await_afterAWaitRanOut_worksAgain() {
    Position opening = opened();
    CompletionStage<List<LogRecord>> first = log().await(opening, 10, Duration.ofMillis(50));
    eventually(Duration.ofMillis(50), () -> isDone(first));
    CompletionStage<List<LogRecord>> second = log().await(opening, 10, ENDLESS);
    LogRecord record = append(Target.ALL);
    assertThat(get(second)).containsExactly(record);
  }

  @Test
  void followers_seeEachRecordOnceAndInOrder() {
    Position opening = opened();
    int appends = 60;
    List<InvalidationLog> nodes = List.of(log(), anotherNode().log());
    List<List<LogRecord>> results = inParallel(
        4,
        i -> () -> i < 2
            ? follow(nodes.get(i), opening, 2 * appends)
            : appendOneByOne(nodes.get(i - 2), appends));
    assertThat(results.get(0)).isEqualTo(results.get(1)).hasSize(2 * appends);
    assertThat(results.get(0)).containsAll(results.get(2)).containsAll(results.get(3));
    assertChain(opening, get(log().read(null, 1)).get(0).nonce(), results.get(0));
  }

  private static List<LogRecord> follow(InvalidationLog log, Position after, int records) {
    List<LogRecord> seen = new ArrayList<>();
    while (seen.size() < records) {
      seen.addAll(get(log.await(after, 7, ENDLESS)));
      after = seen.get(seen.size() - 1).position();
    }
    return seen;
  }

  private static List<LogRecord> appendOneByOne(InvalidationLog log, int records) {
    List<LogRecord> appended = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      appended.add(get(log.append(change(Target.tag("n" + i)), LONG)));
    }
    return appended;
  }

  /** Each record stands behind the one before it and names its nonce. */
  static void assertChain(Position before, long nonceBefore, List<LogRecord> records) {
    Position position = before;
    long nonce = nonceBefore;
    for (LogRecord record : records) {
      assertThat(record.position()).isEqualTo(position.next());
      assertThat(record.previousNonce()).isEqualTo(nonce);
      position = record.position();
      nonce = record.nonce();
    }
  }
}
