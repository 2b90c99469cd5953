package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.TimeSource;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.Ending;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of changes that covered a key, whatever else they covered. */
class AppliedChangesTest {

  private static final Target KEY = Target.key("shop:album:v1:7");
  private static final Target ARTIST = Target.tag("artist:7");
  private static final Target LABEL = Target.tag("label:7");
  private static final Set<Target> COVERING = Set.of(KEY, ARTIST, LABEL);

  private long now;
  private final AppliedChanges changes = new AppliedChanges("n1", new TimeSource() {
    @Override
    public long nanos() {
      return now * 1_000_000;
    }

    @Override
    public long millis() {
      return now;
    }
  });
  private long sequence;

  private void apply(String cause, long atMillis, Target... targets) {
    Change change = new Change(Change.newNonce(false), List.of(targets), "n2", cause, atMillis);
    changes.add(change, new Position("redis", 1, ++sequence), sequence);
  }

  private @Nullable Long firstSince(long millis) {
    Ending first = changes.firstEnding(COVERING, millis);
    return first == null ? null : first.atMillis();
  }

  @Test
  void firstEnding_isTheFirstOfThoseSince_thatCovers_whenItWasMade() {
    assertThat(firstSince(0)).isNull();
    apply("save", 100, LABEL);
    apply("save", 150, Target.tag("other:1"));
    apply("rename", 300, Target.tag("other:1"), ARTIST);
    apply("late", 200, LABEL);
    apply("save", 400, KEY);

    assertThat(firstSince(100)).isEqualTo(100);
    assertThat(firstSince(101)).as("it waited for its log").isEqualTo(200);
    assertThat(firstSince(301)).isEqualTo(400);
    assertThat(firstSince(401)).isNull();
    assertThat(changes.firstEnding(COVERING, 250).target()).isEqualTo("tag artist:7");
    assertThat(changes.lastEnding(COVERING).atMillis()).isEqualTo(400);
  }

  @Test
  void firstEnding_isTheLossOfALog_whereThatCameFirst() {
    now = 200;
    changes.forgot("redis");
    apply("save", 300, LABEL);

    assertThat(firstSince(100)).isEqualTo(200);
    assertThat(changes.firstEnding(COVERING, 100))
        .extracting(Ending::target, Ending::cause)
        .containsExactly("what L1 and its store had", "the log in redis was lost");
    assertThat(firstSince(201)).isEqualTo(300);
    apply("late", 150, LABEL);
    assertThat(firstSince(100)).isEqualTo(150);
  }

  @Test
  void whatEndsAKey_isCountedByTargetAndCause_mostOftenFirst() {
    apply("ArtistService.rename", 100, ARTIST);
    apply("ReviewService.save", 200, Target.tag("other:1"), LABEL);
    apply("ReviewService.save", 300, LABEL, ARTIST);
    apply("larder invalidate", 400, KEY);
    apply("ReviewService.save", 500, Target.tag("other:1"));

    assertThat(changes.endedBy(COVERING))
        .containsExactly(
            new EndedBy("tag label:7", "ReviewService.save", 2, 200, 300),
            new EndedBy("key shop:album:v1:7", "larder invalidate", 1, 400, 400),
            new EndedBy("tag artist:7", "ArtistService.rename", 1, 100, 100));
  }

  @Test
  void historyOfAKey_hasAChangeOfManyTargets_toldByTheOneThatCoversIt() {
    apply(
        "ReviewService.save",
        200,
        Target.tag("a"),
        Target.tag("b"),
        Target.tag("c"),
        Target.tag("d"),
        LABEL);
    apply("ReviewService.save", 300, Target.tag("a"));

    assertThat(changes.history(COVERING, 20))
        .containsExactly(new Event(
            1,
            "n2",
            200,
            Event.Kind.INVALIDATION,
            "",
            "tag label:7",
            "ReviewService.save at redis/1-1",
            0,
            5));
  }

  @Test
  void history_isOfTheNewest_oldestFirst() {
    for (int i = 0; i < 30; i++) {
      apply("save", i, LABEL);
    }
    assertThat(changes.history(COVERING, 20))
        .hasSize(20)
        .extracting(Event::atMillis)
        .startsWith(10L, 11L)
        .endsWith(29L);
    assertThat(changes.endedBy(COVERING))
        .containsExactly(new EndedBy("tag label:7", "save", 30, 0, 29));
  }

  @Test
  void whatIsForgotten_isKnownToBe() {
    for (int i = 0; i < 8_192; i++) {
      apply("save", 1_000 + i, ARTIST);
    }
    assertThat(changes.remembers(0)).isTrue();
    apply("save", 20_000, ARTIST);
    assertThat(changes.remembers(1_000)).isFalse();
    assertThat(changes.remembers(1_001)).isTrue();
  }
}
