package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link InvalidationLog} does. A log that is the origin of another extends {@link
 * OriginLogContract}.
 */
public abstract class InvalidationLogContract extends AwaitContract {

  /** As many as the contract of {@link InvalidationLog} has every log keep. */
  private static final int KEPT = 10_000;

  /** For subclasses. */
  protected InvalidationLogContract() {}

  private LogRecord opening() {
    opened();
    return get(log().read(null, 1)).get(0);
  }

  private Position reopened(LogRecord tail, long epoch) {
    return position(get(log().openEpoch(tail.position(), tail.nonce(), epoch, nonce())));
  }

  // Names and tails

  @Test
  void name_isOfAPosition() {
    assertThat(log().name()).matches("[A-Za-z0-9-]+");
    assertThat(anotherNode().log().name()).isEqualTo(log().name());
    assertThat(opened().log()).isEqualTo(log().name());
  }

  @Test
  void tail_neverOpened_isAbsent() {
    Tail tail = get(log().tail());
    assertThat(tail.isPresent()).isFalse();
    assertThat(tail.nonce()).isZero();
    assertThat(tail.storeMillis()).isGreaterThan(1_700_000_000_000L);
    assertThat(get(log().read(null, 10))).isEmpty();
  }

  @Test
  void tail_isTheLastRecord() {
    LogRecord opening = opening();
    Tail opened = get(log().tail());
    assertThat(opened.position()).isEqualTo(opening.position());
    assertThat(opened.nonce()).isEqualTo(opening.nonce());
    LogRecord record = append(Target.ALL);
    Tail moved = get(log().tail());
    assertThat(moved.position()).isEqualTo(record.position());
    assertThat(moved.nonce()).isEqualTo(record.nonce());
  }

  @Test
  void tail_tellsTheStoresTime() {
    long before = get(log().tail()).storeMillis();
    elapse(Duration.ofMillis(20));
    long after = get(anotherNode().log().tail()).storeMillis();
    assertThat(after - before).isBetween(20L, 60_000L);
  }

  // Epochs

  @Test
  void openEpoch_emptyLog_putsTheOpeningRecord() {
    long epoch = 1L << 40 | 0xdeadbeefL;
    long nonce = nonce();
    Tail tail = get(log().openEpoch(null, 0, epoch, nonce));
    assertThat(tail.position()).isEqualTo(new Position(log().name(), epoch, 0));
    assertThat(tail.nonce()).isEqualTo(nonce);
    assertThat(tail.storeMillis()).isPositive();

    List<LogRecord> records = get(log().read(null, 10));
    assertThat(records).hasSize(1);
    LogRecord opening = records.get(0);
    assertThat(opening.position()).isEqualTo(tail.position());
    assertThat(opening.opensEpoch()).isTrue();
    assertThat(opening.nonce()).isEqualTo(nonce);
    assertThat(opening.previousNonce()).isZero();
    assertThat(opening.change().targets()).isEmpty();
    assertThat(opening.forwarded()).isFalse();
  }

  @Test
  void openEpoch_tailAsSeen_opensTheNextAndKeepsTheOld() {
    LogRecord opening = opening();
    LogRecord record = append(Target.ALL);
    Position reopened = reopened(record, 8);
    assertThat(reopened).isEqualTo(new Position(log().name(), 8, 0));
    assertThat(get(log().tail()).position()).isEqualTo(reopened);
    List<LogRecord> records = get(log().read(null, 10));
    assertThat(records).hasSize(3).startsWith(opening, record);
    assertThat(records.get(2).previousNonce()).isZero();
  }

  @Test
  void openEpoch_anotherTail_changesNothing() {
    LogRecord opening = opening();
    LogRecord last = append(Target.ALL);
    Position ahead = last.position().next();
    List<CompletionStage<Tail>> refused = List.of(
        log().openEpoch(null, 0, 8, nonce()),
        log().openEpoch(opening.position(), opening.nonce(), 8, nonce()),
        log().openEpoch(last.position(), last.nonce() ^ 2, 8, nonce()),
        log().openEpoch(opening.position(), last.nonce(), 8, nonce()),
        log().openEpoch(ahead, last.nonce(), 8, nonce()));
    for (CompletionStage<Tail> stage : refused) {
      Tail tail = get(stage);
      assertThat(tail.position()).isEqualTo(last.position());
      assertThat(tail.nonce()).isEqualTo(last.nonce());
    }
    assertThat(get(log().read(null, 10))).containsExactly(opening, last);
  }

  @Test
  void openEpoch_logGoneSinceSeen_changesNothing() {
    Tail tail = get(log().openEpoch(new Position(log().name(), 7, 3), 11, 8, nonce()));
    assertThat(tail.isPresent()).isFalse();
    assertThat(get(log().tail()).isPresent()).isFalse();
  }

  @Test
  void openEpoch_race_hasOneWinnerAndAllSeeIt() {
    InvalidationLog other = anotherNode().log();
    LogRecord seen = null;
    for (int round = 0; round < 5; round++) {
      Position position = seen == null ? null : seen.position();
      long nonce = seen == null ? 0 : seen.nonce();
      long epoch = 100L * (round + 1);
      List<Tail> tails = race(
          8, i -> (i % 2 == 0 ? log() : other).openEpoch(position, nonce, epoch + i, epoch + i));
      Tail winner = tails.get(0);
      assertThat(winner.nonce()).isBetween(epoch, epoch + 7);
      assertThat(position(winner)).isEqualTo(new Position(log().name(), winner.nonce(), 0));
      assertThat(tails).allSatisfy(tail -> {
        assertThat(tail.position()).isEqualTo(winner.position());
        assertThat(tail.nonce()).isEqualTo(winner.nonce());
      });
      assertThat(get(log().read(null, 100))).hasSize(2 * round + 1);
      seen = append(Target.ALL);
    }
  }

  @Test
  void openEpoch_raceWithAppend_losesOrComesFirst() {
    LogRecord tail = opening();
    for (int round = 1; round <= 10; round++) {
      LogRecord seen = tail;
      long epoch = seen.position().epoch() + 1;
      List<Position> results = race(
          2,
          i -> i == 0
              ? log().append(change(Target.ALL), LONG).thenApply(LogRecord::position)
              : log()
                  .openEpoch(seen.position(), seen.nonce(), epoch, nonce())
                  .thenApply(Contract::position));
      List<LogRecord> behind = get(log().read(seen.position(), 10));
      assertThat(behind.stream().map(LogRecord::position)).contains(results.get(0));
      if (behind.size() == 1) {
        assertThat(results).containsOnly(seen.position().next());
      } else {
        assertThat(behind.get(0).opensEpoch()).isTrue();
        assertThat(results.get(0)).isEqualTo(behind.get(0).position().next());
        assertThat(behind.get(1).previousNonce()).isEqualTo(behind.get(0).nonce());
      }
      tail = behind.get(behind.size() - 1);
    }
  }

  // Appending

  @Test
  void append_neverOpened_failsAndWritesNothing() {
    assertThatThrownBy(() -> append(Target.tag("x"))).isInstanceOf(LogLostException.class);
    assertThat(get(log().tail()).isPresent()).isFalse();
    assertThat(get(log().read(null, 10))).isEmpty();
    assertThat(get(log().markers(List.of("tx")))).isEmpty();
    opened();
    assertThat(get(log().markers(List.of("tx")))).isEmpty();
  }

  @Test
  void append_standsBehindTheTailAndNamesIt() {
    LogRecord opening = opening();
    Change change = change(Target.tag("x"), Target.key(key("1")));
    LogRecord first = get(log().append(change, LONG));
    assertThat(first)
        .isEqualTo(new LogRecord(opening.position().next(), opening.nonce(), change, false));
    LogRecord second = append(Target.ALL);
    assertChain(opening.position(), opening.nonce(), List.of(first, second));
    assertThat(get(log().read(null, 10))).containsExactly(opening, first, second);
  }

  @Test
  void append_inNewEpoch_countsFromItsOpening() {
    opened();
    Position reopened = reopened(append(Target.ALL), 9);
    long nonce = get(log().tail()).nonce();
    assertChain(reopened, nonce, List.of(append(Target.ALL), append(Target.ALL)));
  }

  @Test
  void append_hostileTexts_comeBackWhole() {
    Position opening = opened();
    List<LogRecord> appended = new ArrayList<>();
    hostileTexts().forEach(text -> {
      List<Target> targets = List.of(
          Target.key(key(text)),
          Target.tag(text),
          Target.prefix(text + ":"),
          Target.cache(text),
          Target.ALL);
      Change change = new Change(nonce(), targets, text, text + text, -1);
      LogRecord record = get(log().append(change, LONG));
      assertThat(record.change()).isEqualTo(change);
      appended.add(record);
    });
    assertThat(get(log().read(opening, 100))).isEqualTo(appended);
  }

  @Test
  void append_extremeNumbers_comeBackWhole() {
    LogRecord before = opening();
    for (long nonce : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}) {
      Change change = new Change(nonce, List.of(Target.ALL), "", "", nonce);
      LogRecord record = get(log().append(change, LONG));
      assertThat(record.change()).isEqualTo(change);
      assertThat(get(log().read(before.position(), 10))).containsExactly(record);
      assertThat(get(log().tail()).nonce()).isEqualTo(nonce);
      assertChain(before.position(), before.nonce(), List.of(record));
      before = record;
    }
  }

  @Test
  void append_race_givesAGaplessChain() {
    LogRecord opening = opening();
    InvalidationLog other = anotherNode().log();
    int each = 25;
    List<List<LogRecord>> appended = inParallel(8, i -> () -> {
      List<LogRecord> mine = new ArrayList<>();
      for (int n = 0; n < each; n++) {
        Change change = change(Target.tag(i + ":" + n));
        LogRecord record = get((i % 2 == 0 ? log() : other).append(change, LONG));
        assertThat(record.change()).isEqualTo(change);
        mine.add(record);
      }
      return mine;
    });
    List<LogRecord> records = get(log().read(opening.position(), 1_000));
    assertThat(records)
        .containsExactlyInAnyOrderElementsOf(
            appended.stream().flatMap(List::stream).toList());
    assertChain(opening.position(), opening.nonce(), records);
  }

  // Reading

  @Test
  void read_pages_coverTheLogInOrder() {
    LogRecord opening = opening();
    List<LogRecord> all = new ArrayList<>(List.of(opening));
    for (int i = 0; i < 10; i++) {
      all.add(append(Target.tag("n" + i)));
    }
    for (int limit : new int[] {1, 3, 11, KEPT}) {
      List<LogRecord> read = new ArrayList<>(get(log().read(null, limit)));
      assertThat(read).hasSize(Math.min(limit, all.size()));
      while (true) {
        List<LogRecord> page = get(log().read(read.get(read.size() - 1).position(), limit));
        if (page.isEmpty()) {
          break;
        }
        assertThat(page).hasSizeLessThanOrEqualTo(limit);
        read.addAll(page);
      }
      assertThat(read).isEqualTo(all);
    }
  }

  @Test
  void read_acrossEpochs_goesOn() {
    LogRecord opening = opening();
    LogRecord first = append(Target.tag("a"));
    Position reopened = reopened(first, 1L << 33);
    LogRecord second = append(Target.tag("b"));
    List<LogRecord> behind = get(log().read(opening.position(), 10));
    assertThat(behind).hasSize(3);
    assertThat(behind.get(0)).isEqualTo(first);
    assertThat(behind.get(1).position()).isEqualTo(reopened);
    assertThat(behind.get(2)).isEqualTo(second);
    assertThat(get(log().read(reopened, 10))).containsExactly(second);
  }

  @Test
  void read_fromPositionsThatNeverWere_givesWhatIsBehind() {
    opened();
    LogRecord first = append(Target.ALL);
    Position reopened = reopened(first, 20);
    LogRecord second = append(Target.ALL);
    String name = log().name();
    assertThat(get(log().read(new Position(name, 1, 99), 10))).hasSize(4);
    assertThat(get(log().read(new Position(name, 7, 99), 10)).get(0).position())
        .isEqualTo(reopened);
    assertThat(get(log().read(new Position(name, 12, 0), 10))).hasSize(2).endsWith(second);
    assertThat(get(log().read(second.position(), 10))).isEmpty();
    assertThat(get(log().read(new Position(name, 20, 99), 10))).isEmpty();
    assertThat(get(log().read(new Position(name, 21, 0), 10))).isEmpty();
  }

  @Test
  void read_keepsTheNewestTenThousand() {
    Position opening = opened();
    int surplus = 500;
    List<LogRecord> last = List.of();
    for (int batch = 0; batch < (KEPT + surplus) / 500; batch++) {
      last = IntStream.range(0, 500)
          .mapToObj(i -> log().append(change(Target.tag("n" + i % 10)), LONG))
          .toList()
          .stream()
          .map(Contract::get)
          .toList();
    }
    Position from = new Position(opening.log(), opening.epoch(), surplus);
    List<LogRecord> records = get(log().read(from, KEPT));
    assertThat(records).hasSize(KEPT);
    assertThat(records.subList(KEPT - 500, KEPT)).containsExactlyInAnyOrderElementsOf(last);
    LogRecord oldest = records.get(0);
    assertThat(oldest.position()).isEqualTo(from.next());
    assertChain(oldest.position(), oldest.nonce(), records.subList(1, KEPT));
  }

  @Test
  void logsOfOtherPrefixes_areApart() {
    InvalidationLog strange = stranger().log();
    opened();
    append(Target.tag("x"));
    assertThat(get(strange.tail()).isPresent()).isFalse();
    assertThat(get(strange.markers(List.of("tx")))).isEmpty();
    get(strange.openEpoch(null, 0, 77, 5));
    assertThat(get(strange.read(null, 10))).hasSize(1);
    assertThat(get(strange.markers(List.of("tx")))).isEmpty();
    assertThat(get(log().read(null, 10))).hasSize(2);
  }
}
