package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.Explanation.Gone.How;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Explanation.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DepartureTest {

  private static final long LOADED = 1_000_000;
  private static final long TTL = 480_000;
  private static final Map<String, String> POLICY = Map.of("ttl", "PT8M");

  private static @Nullable Gone gone(
      State below, @Nullable Ending ended, Map<String, String> policy, long now) {
    return gone(below, null, ended, policy, now);
  }

  private static @Nullable Gone gone(
      State below,
      @Nullable Ending first,
      @Nullable Ending last,
      Map<String, String> policy,
      long now) {
    List<Copy> copies = List.of(copy("L1", State.ABSENT), copy("L2", below));
    Loaded loaded = new Loaded("n1", "Lists.of:1", 9, LOADED, "");
    return Departure.of(copies, loaded, null, first, true, last, policy, now);
  }

  private static Copy copy(String tier, State state) {
    return new Copy(tier, "", "", state, "", -1, 0, -1, -1, List.of());
  }

  private static Ending endedAt(long atMillis) {
    return new Ending("1-7", "everything", "", "n1", atMillis);
  }

  @Test
  void whatIsThere_isNotGone() {
    for (State there : List.of(State.FRESH, State.STALE, State.ABSENCE, State.LOADING)) {
      assertThat(gone(there, null, POLICY, LOADED + TTL)).as("%s", there).isNull();
    }
  }

  /** A later invalidation is no time of its end either: it may have been gone. */
  @Test
  void whoForgotWhatWasInvalidated_doesNotSayThatItRanOut() {
    List<Copy> copies = List.of(copy("L1", State.ABSENT));
    Loaded loaded = new Loaded("n1", "Lists.of:1", 9, LOADED, "");
    for (Ending last : Arrays.asList(null, endedAt(LOADED + 9), endedAt(LOADED + 2 * TTL))) {
      assertThat(Departure.of(copies, loaded, null, null, false, last, POLICY, LOADED + TTL))
          .isEqualTo(new Gone(How.RAN_OUT_OR_INVALIDATED, LOADED + TTL, TTL));
      assertThat(Departure.of(copies, loaded, null, null, false, last, POLICY, LOADED + 1))
          .isNull();
    }
  }

  /** A touch, or the ttl of absences: the cache's says nothing of it. */
  @Test
  void lifeOfItsOwn_isWhatRanOut() {
    List<Copy> copies = List.of(copy("L1", State.ABSENT));
    Loaded loaded = new Loaded("n1", "Lists.of:1", 9, LOADED, "");
    KeyNotes.Life life = new KeyNotes.Life(LOADED + 1, LOADED + 20_000);
    Ending later = endedAt(LOADED + 60_000);
    assertThat(Departure.of(copies, loaded, life, null, true, later, POLICY, LOADED + 70_000))
        .isEqualTo(new Gone(How.RAN_OUT, LOADED + 20_000, 0));
    assertThat(Departure.of(copies, loaded, life, null, true, null, POLICY, LOADED + 10_000))
        .isEqualTo(new Gone(How.DROPPED, 0, 0));
    KeyNotes.Life earlier = new KeyNotes.Life(LOADED - 1, LOADED + 20_000);
    assertThat(Departure.of(copies, loaded, earlier, null, true, null, POLICY, LOADED + 70_000))
        .isEqualTo(new Gone(How.DROPPED, 0, 0));
  }

  @Test
  void loadThatFailed_madeNothingThatCouldGo() {
    Loaded failed = new Loaded("n1", "Lists.of:1", 9, LOADED, "SQLException");
    List<Copy> copies = List.of(copy("L1", State.ABSENT));
    assertThat(Departure.of(copies, failed, null, null, true, null, POLICY, LOADED + TTL))
        .isNull();
  }

  @Test
  void timeOver_ranOut_alsoWhereATierDoesNotAnswer() {
    assertThat(gone(State.UNREACHABLE, null, POLICY, LOADED + TTL))
        .isEqualTo(new Gone(How.RAN_OUT, LOADED + TTL, TTL));
  }

  /** Everything was ended long after it was gone: that is not what became of it. */
  @Test
  void invalidatedAfterItsEnd_ranOutAllTheSame() {
    assertThat(gone(State.ABSENT, endedAt(LOADED + TTL + 1), POLICY, LOADED + 2 * TTL))
        .isEqualTo(new Gone(How.RAN_OUT, LOADED + TTL, TTL));
  }

  @Test
  void invalidatedWhileItLived_wasInvalidated() {
    assertThat(gone(State.ABSENT, endedAt(LOADED + 9), POLICY, LOADED + 2 * TTL))
        .isEqualTo(new Gone(How.INVALIDATED, LOADED + 9, 0));
  }

  /** Covered soon after its load and again when it was long gone: the first is what ended it. */
  @Test
  void invalidatedOftenSinceItsLoad_endedByTheFirst() {
    Ending late = endedAt(LOADED + 2 * TTL);
    assertThat(gone(State.ABSENT, endedAt(LOADED + 9), late, POLICY, LOADED + 3 * TTL))
        .isEqualTo(new Gone(How.INVALIDATED, LOADED + 9, 0));
    assertThat(gone(State.ABSENT, endedAt(LOADED + TTL + 1), late, POLICY, LOADED + 3 * TTL))
        .isEqualTo(new Gone(How.RAN_OUT, LOADED + TTL, TTL));
  }

  @Test
  void invalidatedBeforeTheLoad_saysNothing() {
    assertThat(gone(State.ABSENT, endedAt(LOADED - 1), POLICY, LOADED + 10))
        .isEqualTo(new Gone(How.DROPPED, 0, 0));
  }

  /** Only the value would tell how long it lived. */
  @Test
  void ttlOfTheValue_isNotGuessed() {
    Map<String, String> policy = Map.of("ttl", "PT8M", "ttl-from", "value");
    assertThat(gone(State.ABSENT, null, policy, LOADED + 2 * TTL)).isNull();
    assertThat(gone(State.ABSENT, endedAt(LOADED + 9), policy, LOADED + 2 * TTL))
        .isEqualTo(new Gone(How.INVALIDATED, LOADED + 9, 0));
  }

  @Test
  void withoutALoadOrAPolicy_nothingIsKnown() {
    assertThat(gone(State.ABSENT, null, Map.of(), LOADED)).isNull();
    assertThat(Departure.of(List.of(), null, null, null, true, endedAt(LOADED), POLICY, LOADED))
        .isNull();
  }
}
