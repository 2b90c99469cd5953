package dev.larder.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.Explanation.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentencesTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final String NOT_ASKED = "it is asked and filled only while L2 does not answer";

  private static List<String> of(@Nullable Gone gone, Copy... copies) {
    return Sentences.of(
        new Explanation(
            "shop:album:v1:42",
            "album",
            List.of(copies),
            null,
            null,
            null,
            0,
            gone,
            List.of(),
            List.of(),
            List.of()),
        NOW);
  }

  private static Copy copy(String tier, State state) {
    return new Copy(tier, "", "store", state, "1-4", 1_000, 41_000, 1, 1, List.of());
  }

  /** Else a copy there seems to be of use, and none a loss. */
  @Test
  void databaseTierBesideAnL2_isAskedOnlyWhileThatDoesNotAnswer() {
    assertThat(of(null, copy("DATABASE", State.FRESH), copy("L2", State.ABSENT)))
        .element(0)
        .asString()
        .endsWith(NOT_ASKED);
    assertThat(of(null, copy("DATABASE", State.ABSENT), copy("L2", State.FRESH)))
        .element(0)
        .isEqualTo("DATABASE (store) does not have it; " + NOT_ASKED);
    assertThat(of(null, copy("DATABASE", State.FRESH), copy("L2", State.UNREACHABLE))
            .toString())
        .doesNotContain(NOT_ASKED);
    assertThat(of(null, copy("DATABASE", State.FRESH)).toString()).doesNotContain(NOT_ASKED);
  }

  @Test
  void copyThatNothingProves_isNotSaidToHaveBeenInvalidated() {
    assertThat(of(null, copy("L2", State.UNPROVED)))
        .containsExactly(
            "L2 (store) holds an entry that nothing proves to be valid any more, so it is"
                + " never served");
  }

  /** Else three tiers that have nothing, or do not answer, are all there is to read. */
  @Test
  void keyThatNobodyKnows_isSaidToBeOne() {
    String unknown = "no node remembers a load of it, a lookup that missed, or what ended it";
    assertThat(of(null, copy("DATABASE", State.ABSENT), copy("L2", State.UNREACHABLE)))
        .endsWith(unknown);
    assertThat(of(null, copy("DATABASE", State.STALE), copy("L2", State.UNREACHABLE)))
        .doesNotContain(unknown);
  }

  @Test
  void whatIsNotRemembered_isSaidToBe() {
    Gone gone = new Gone(Gone.How.RAN_OUT_OR_INVALIDATED, NOW, 1_000);
    assertThat(of(gone, copy("L2", State.ABSENT)))
        .element(1)
        .asString()
        .matches(
            "it ran out at \\S+ at the latest, or was invalidated before: nodes do not remember"
                + " that far back");
  }
}
