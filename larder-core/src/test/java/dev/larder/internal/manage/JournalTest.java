package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.TimeSource;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a minute came to is told when it is over, and of this node's own traffic alone. */
class JournalTest {

  private static final long BEGAN = 60_000_000;

  private long now = BEGAN + 5_000;

  private final Journal journal = new Journal("n1", new TimeSource() {
    @Override
    public long nanos() {
      return now * 1_000_000;
    }

    @Override
    public long millis() {
      return now;
    }
  });

  private List<Event> minutes() {
    return journal.since(0, 10_000).stream()
        .filter(event -> event.kind() == Event.Kind.MINUTE)
        .toList();
  }

  private void applied(String origin) {
    journal.applied(
        new Change(
            Change.newNonce(false), List.of(Target.tag("a"), Target.tag("b")), origin, "save", now),
        null,
        1);
  }

  @Test
  void minute_isSummedUp_whenItIsOver() {
    journal.loaded("album", "k1", "Albums.of:7", 2_000_000, 1, null);
    journal.loadedAll("album", List.of("k1", "k2", "k3"), "Albums.all:9", 5_200_000, 1, null);
    journal.loaded("album", "k4", "Albums.of:7", 1_000_000, 1, new IllegalStateException());
    for (int i = 0; i < 8; i++) {
      journal.missed("album", "k" + i, "nothing stored");
    }
    applied("n1");
    journal.note(Event.Kind.REFUSED, "album", "k1", "why", 0, 1);
    journal.endMinute();
    assertThat(minutes()).as("it is not over").isEmpty();

    now = BEGAN + 60_000;
    journal.endMinute();
    journal.endMinute();
    assertThat(minutes()).hasSize(1);
    Event minute = minutes().get(0);
    assertThat(minute.atMillis()).isEqualTo(BEGAN);
    assertThat(minute.node()).isEqualTo("n1");
    assertThat(minute.count()).isEqualTo(3);
    assertThat(minute.nanos()).isEqualTo(8_200_000);
    assertThat(minute.text())
        .isEqualTo(
            "3 loads of 5 keys, 1 failed, the slowest 5.2 ms, of k1; 1 invalidation of 2 targets; 8 misses below L1;"
                + " 1 value not stored");
  }

  @Test
  void minute_tellsWhoAnsweredLookups_andThoseOfThatMinuteAlone() {
    AtomicReference<Answered> sinceStart = new AtomicReference<>(new Answered(700, 200, 0, 100));
    journal.count(sinceStart::get);
    journal.endMinute();
    now += 60_000;
    journal.endMinute();
    sinceStart.set(new Answered(701, 200, 2, 101));
    now += 60_000;
    journal.endMinute();
    now += 60_000;
    journal.endMinute();

    assertThat(minutes())
        .extracting(Event::text)
        .containsExactly(
            "1,000 lookups: L1 70.0 %, L2 20.0 %, no tier 10.0 %",
            "4 lookups: L1 25.0 %, DATABASE 50.0 %, no tier 25.0 %");
  }

  private static LastOutages outage(Duration beganAgo, @Nullable Duration endedAgo, long at) {
    TierStats tier = new TierStats(
        CacheTier.L2,
        "redis",
        "",
        endedAgo == null,
        "closed",
        endedAgo != null,
        Duration.ZERO,
        0,
        0,
        0,
        0,
        null,
        null,
        new TierStats.Outage(beganAgo, endedAgo));
    return new LastOutages(List.of(tier), at);
  }

  /** From 40 s in the first minute to 10 s in the third, and looked at once more in the fourth. */
  @Test
  void minute_tellsHowLongOfItATierWasSkipped() {
    journal.endMinute();
    now = BEGAN + 60_500;
    journal.seen(outage(Duration.ofMillis(20_500), null, now));
    journal.endMinute();
    now = BEGAN + 120_500;
    journal.seen(outage(Duration.ofMillis(80_500), null, now));
    journal.endMinute();
    now = BEGAN + 180_500;
    journal.seen(outage(Duration.ofMillis(140_500), Duration.ofMillis(50_500), now));
    journal.endMinute();
    now = BEGAN + 240_500;
    journal.seen(outage(Duration.ofMillis(200_500), Duration.ofMillis(110_500), now));
    journal.endMinute();

    assertThat(minutes())
        .extracting(Event::text)
        .containsExactly(
            "L2 (redis) skipped for 20 s",
            "L2 (redis) skipped for 60 s",
            "L2 (redis) skipped for 10 s");
    assertThat(minutes())
        .extracting(Event::atMillis)
        .containsExactly(BEGAN, BEGAN + 60_000, BEGAN + 120_000);
  }

  private String why(long keyEnded) {
    return whyNothing("k1", keyEnded);
  }

  private String whyNothing(String slot, long keyEnded) {
    return journal.keys().whyNothing(slot, keyEnded, Set.of(), -1);
  }

  private void load(long asOf, @Nullable Throwable failure) {
    journal.loaded("album", "k1", "Albums.of:7", 2_000, asOf, failure);
  }

  private void loadAndMake(long asOf, long life) {
    load(asOf, null);
    journal.keys().made("k1", List.of("a"), asOf, now + life);
  }

  @Test
  void nothingIsThere_asItsKeyWasInvalidatedSinceItWasLoadedOrWritten() {
    assertThat(why(-1)).isEqualTo("nothing stored");
    assertThat(why(7)).isEqualTo("its key was invalidated");
    loadAndMake(8, 1_000);
    assertThat(why(7)).isEqualTo("nothing stored");
    assertThat(why(9)).isEqualTo("its key was invalidated");
    journal.keys().made("k1", List.of(), 9, now + 1_000);
    assertThat(why(9)).as("it was written through").isEqualTo("nothing stored");
    load(12, new IllegalStateException());
    assertThat(why(10)).as("what failed stored nothing").isEqualTo("its key was invalidated");
    load(12, null);
    assertThat(why(10)).isEqualTo("nothing stored");
  }

  @Test
  void nothingIsThere_asItsTimeIsOver() {
    loadAndMake(8, 1_000);
    now += 999;
    assertThat(why(-1)).isEqualTo("nothing stored");
    now += 1;
    assertThat(why(-1)).isEqualTo("it ran out");
    assertThat(whyNothing("k2", -1)).isEqualTo("nothing stored");
    load(9, null);
    assertThat(why(-1)).as("what was loaded since was not stored").isEqualTo("nothing stored");
  }

  /** What is not in all logs yet gets the number of the loss, though it was ended before the load. */
  @Test
  void nothingIsThere_asALogWasLost_notAsItsKeyWasInvalidatedBeforeTheLoad() {
    key(7);
    loadAndMake(8, 1_000);
    journal.forgot("redis", 9);
    assertThat(why(9)).isEqualTo("the log in redis was lost");

    loadAndMake(10, 1_000);
    key(11);
    journal.forgot("redis", 12);
    assertThat(why(12)).isEqualTo("its key was invalidated");
  }

  private void key(long number) {
    journal.applied(
        new Change(Change.newNonce(false), List.of(Target.key("k1")), "n1", "save", now),
        null,
        number);
  }

  @Test
  void invalidation_namesEightTargets_andCountsTheOthers() {
    List<Target> targets =
        IntStream.range(0, 10).mapToObj(i -> Target.tag("t" + i)).toList();
    journal.applied(
        new Change(Change.newNonce(false), targets.subList(0, 8), "n1", "save", now), null, 1);
    journal.applied(new Change(Change.newNonce(false), targets, "n1", "save", now), null, 2);
    assertThat(journal.since(0, 10))
        .extracting(Event::subject)
        .containsExactly(
            "tag t0, tag t1, tag t2, tag t3, tag t4, tag t5, tag t6, tag t7",
            "tag t0, tag t1, tag t2, tag t3, tag t4, tag t5, tag t6, tag t7 and 2 more");
  }

  @Test
  void historyOfAKey_hasLossesOfLogs_andItsLastMiss() {
    journal.loaded("album", "k1", "Albums.of:7", 2_000, 1, null);
    journal.forgot("redis", 9);
    for (int i = 0; i < 9; i++) {
      journal.missed("album", "k" + (9 - i), "why " + i);
    }
    assertThat(journal.of("k1", 20))
        .extracting(Event::text)
        .containsExactly(
            "Albums.of:7", "the log in redis was lost: what L1 and its store had was forgotten");
    Event miss = journal.keys().lastMiss("k1").on("n1", "k1");
    assertThat(miss.text()).isEqualTo("why 8");
    assertThat(miss.atMillis()).isEqualTo(now);
  }

  @Test
  void nothingIsThere_asALogWasLostWhileItLived() {
    journal.forgot("redis", 8);
    loadAndMake(8, 1_000);
    assertThat(why(-1)).isEqualTo("nothing stored");
    now += 1_000;
    journal.forgot("redis", 9);
    assertThat(why(-1)).isEqualTo("the log in redis was lost");
    now += 1_000;
    journal.forgot("redis", 10);
    assertThat(why(-1)).as("its time was over before").isEqualTo("it ran out");
  }

  @Test
  void traffic_endsTheMinuteBeforeIt() {
    journal.loaded("album", "k1", "Albums.of:7", 2_000_000, 1, null);
    now = BEGAN + 125_000;
    journal.loaded("album", "k1", "Albums.of:7", 2_000_000, 1, null);
    now = BEGAN + 185_000;
    journal.missed("album", "k1", "nothing stored");

    assertThat(minutes())
        .extracting(Event::atMillis)
        .as("a minute without traffic is not told of")
        .containsExactly(BEGAN, BEGAN + 120_000);
    assertThat(minutes())
        .extracting(Event::text)
        .containsOnly("1 load of 1 key, the slowest 2.0 ms, of k1");
  }

  @Test
  void whatOtherNodesDid_isInTheirMinutes() {
    applied("n2");
    journal.adopt(new Event(9, "n2", now, Event.Kind.LOAD, "album", "k1", "Albums.of:7", 2_000, 1));
    now = BEGAN + 60_000;
    journal.endMinute();
    assertThat(minutes()).isEmpty();
  }
}
