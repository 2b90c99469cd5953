package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link OriginLog} does, besides all that a log does. */
public abstract class OriginLogContract extends InvalidationLogContract {

  /** For subclasses. */
  protected OriginLogContract() {}

  private OriginLog origin() {
    return (OriginLog) log();
  }

  private List<LogRecord> unforwarded() {
    return get(origin().unforwarded(0, 100));
  }

  @Test
  void unforwarded_emptyLog_isEmpty() {
    assertThat(unforwarded()).isEmpty();
  }

  @Test
  void unforwarded_leavesOutOpenings() {
    opened();
    assertThat(unforwarded()).isEmpty();
  }

  @Test
  void unforwarded_givesTheOldestFirst() {
    opened();
    LogRecord first = append(Target.tag("a"));
    LogRecord second = append(Target.tag("b"));
    LogRecord third = append(Target.tag("c"));
    assertThat(first.forwarded()).isFalse();
    assertThat(unforwarded()).containsExactly(first, second, third);
    assertThat(get(origin().unforwarded(0, 2))).containsExactly(first, second);
  }

  @Test
  void unforwarded_leavesOutTheYoung() {
    opened();
    LogRecord record = append(Target.tag("a"));
    assertThat(get(origin().unforwarded(LONG.toMillis(), 10))).isEmpty();
    elapse(Duration.ofMillis(100));
    assertThat(get(origin().unforwarded(100, 10))).containsExactly(record);
  }

  @Test
  void markForwarded_takesRecordsOut() {
    opened();
    LogRecord first = append(Target.tag("a"));
    LogRecord second = append(Target.tag("b"));
    LogRecord third = append(Target.tag("c"));
    get(origin().markForwarded(List.of(second.nonce(), nonce())));
    assertThat(unforwarded()).containsExactly(first, third);
    get(origin().markForwarded(List.of(second.nonce(), first.nonce(), third.nonce())));
    get(origin().markForwarded(List.of()));
    assertThat(unforwarded()).isEmpty();
  }

  @Test
  void markForwarded_showsInReading() {
    Position opening = opened();
    LogRecord first = append(Target.tag("a"));
    LogRecord second = append(Target.tag("b"));
    get(origin().markForwarded(List.of(second.nonce())));
    LogRecord marked =
        new LogRecord(second.position(), second.previousNonce(), second.change(), true);
    assertThat(get(log().read(opening, 10))).containsExactly(first, marked);
    assertThat(get(log().await(opening, 10, LONG))).containsExactly(first, marked);
  }

  @Test
  void unforwarded_staysAcrossEpochs() {
    opened();
    LogRecord first = append(Target.tag("a"));
    get(log().openEpoch(first.position(), first.nonce(), 8, nonce()));
    LogRecord second = append(Target.tag("b"));
    assertThat(unforwarded()).containsExactly(first, second);
  }

  @Test
  void nodes_shareTheMarks() {
    opened();
    LogRecord record = append(Target.tag("a"));
    OriginLog other = (OriginLog) anotherNode().log();
    assertThat(get(other.unforwarded(0, 10))).containsExactly(record);
    get(other.markForwarded(List.of(record.nonce())));
    assertThat(unforwarded()).isEmpty();
  }

  @Test
  void markForwarded_race_losesNoMark() {
    opened();
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(append(Target.tag("n" + i)));
    }
    race(4, i -> {
      List<Long> mine = new ArrayList<>();
      for (int n = i; n < 36; n += 4) {
        mine.add(records.get(n).nonce());
      }
      return origin().markForwarded(mine);
    });
    assertThat(unforwarded()).isEqualTo(records.subList(36, 40));
  }
}
