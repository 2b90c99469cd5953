package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CachePolicy;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.ManagementException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What became of a key that is gone, and why it missed, by the lab's time. */
class ExplainTest {

  private static final Duration TTL = Duration.ofMinutes(3);

  private final Lab lab = new Lab(Layout.L1_L2);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node loaded() {
    return loaded(Lab.policy().ttl(TTL).build());
  }

  private Lab.Node loaded(CachePolicy<Long, String> policy) {
    Lab.Node node = lab.node(policy);
    assertThat(node.get()).isEqualTo("v1");
    return node;
  }

  private Explanation explain(Lab.Node node) {
    return node.larder.management().explain(lab.slot());
  }

  private @Nullable String whyMissed(Lab.Node node) {
    assertThat(node.isMissing()).isTrue();
    return explain(node).missed();
  }

  @Test
  void invalidatedAndThenRunOutUnread_missesForTheInvalidation() {
    Lab.Node node = loaded();
    node.larder.invalidateTags("id:1");
    assertThat(node.catchUp()).isTrue();
    lab.time.advance(TTL.multipliedBy(2));
    assertThat(whyMissed(node)).isEqualTo("tag id:1 was invalidated");
  }

  @Test
  void runOutAndThenInvalidated_missesAsItRanOut() {
    Lab.Node node = loaded();
    lab.time.advance(TTL.multipliedBy(2));
    node.larder.invalidateTags("id:1");
    assertThat(node.catchUp()).isTrue();
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  @Test
  void refreshOrPeekThatFindsNothing_isNoMissOfAReader() {
    Lab.Node node = loaded();
    node.cache.invalidate(Lab.KEY);
    String before = whyMissed(node);
    long at = explain(node).missedMillis();
    assertThat(node.get()).isEqualTo("v1");
    lab.time.advance(TTL.multipliedBy(2));
    assertThat(node.cache.peek(Lab.KEY).isAnswered()).isFalse();
    assertThat(node.cache.touch(Lab.KEY, TTL)).isFalse();
    node.cache.refresh(Lab.KEY, lab.source::get);
    assertThat(explain(node).missed()).isEqualTo(before);
    assertThat(explain(node).missedMillis()).isEqualTo(at);
  }

  /** The tier dropped it for room. */
  private void dropBelow(Lab.Node node) {
    Lab.done(node.l2.tier().delete(List.of(lab.slot())));
  }

  @Test
  void invalidatedSoonAndMuchLater_wasEndedByTheFirst_lastInvalidatedByTheSecond() {
    Lab.Node node = loaded();
    lab.time.advance(Duration.ofSeconds(16));
    long first = lab.time.millis();
    node.larder.invalidateTags("id:1");
    assertThat(node.catchUp()).isTrue();
    assertThat(whyMissed(node)).isEqualTo("tag id:1 was invalidated");
    lab.time.advance(Duration.ofMinutes(14));
    long second = lab.time.millis();
    node.larder.invalidateTags("of:v");

    Explanation explanation = explain(node);
    assertThat(explanation.gone()).isEqualTo(new Gone(Gone.How.INVALIDATED, first, 0));
    assertThat(explanation.ended().atMillis()).isEqualTo(second);
  }

  @Test
  void invalidatedByName_missesForThat_untilItIsLoadedAnew() {
    Lab.Node node = loaded();
    node.cache.invalidate(Lab.KEY);
    assertThat(whyMissed(node)).isEqualTo("its key was invalidated");
    assertThat(whyMissed(lab.node()))
        .as("who never loaded it")
        .isEqualTo("its key was invalidated");
    assertThat(node.get()).isEqualTo("v1");
    lab.time.advance(TTL);
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  @Test
  void writtenThrough_missesAsItRanOut_notAsItsKeyWasInvalidatedToWriteIt() {
    Lab.Node node = loaded();
    node.cache.write(Lab.KEY, () -> lab.commitAndReturn("v2"));
    lab.time.advance(TTL);
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  @Test
  void updated_missesAsItRanOut_notAsItsKeyWasInvalidatedToUpdateIt() {
    Lab.Node node = loaded();
    node.cache.update(Lab.KEY, value -> value + "!");
    lab.time.advance(TTL);
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  @Test
  void touched_hasNotRunOut_untilItsNewTimeIsOver() {
    Lab.Node node = loaded(Lab.policy().ttl(TTL).l1Ttl(Duration.ofSeconds(1)).build());
    assertThat(node.cache.touch(Lab.KEY, TTL.multipliedBy(3))).isTrue();
    lab.time.advance(TTL.multipliedBy(2));
    dropBelow(node);
    assertThat(whyMissed(node)).isEqualTo("nothing stored");
    lab.time.advance(TTL);
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  /** Longer or shorter than the cache's: what counts is how long this one was to live. */
  @Test
  void ttlOfTheValue_isWhatItRunsOutBy() {
    Lab.Node node = loaded(Lab.policy()
        .ttl(Duration.ofMinutes(1))
        .ttlFrom((id, value) -> TTL)
        .l1Ttl(Duration.ofSeconds(1))
        .build());
    lab.time.advance(Duration.ofMinutes(2));
    dropBelow(node);
    assertThat(whyMissed(node)).isEqualTo("nothing stored");
    lab.time.advance(Duration.ofMinutes(1));
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  /** It would be missing for ever, whatever its cache has. */
  @Test
  void keyThatIsNoneOfItsCache_isRefused_withTheBeginningOfThoseThatAre() {
    Lab.Node node = lab.node(Lab.policy().ttl(TTL).purpose("query").build());
    node.get();
    String slot = lab.slot();
    assertThat(explain(node).copies()).isNotEmpty();
    String without = slot.replace("query/", "");
    assertThat(without).isNotEqualTo(slot);
    assertThatThrownBy(() -> node.larder.management().explain(without))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("'" + without + "' is none of cache")
        .hasMessageContaining("keys begin with " + slot.substring(0, slot.indexOf("/")));
  }

  /** Entries of one load end one by one: it is no lost entry that ends a little before the ttl. */
  @Test
  void jitteredLife_isWhatItRunsOutBy() {
    Lab.Node node = loaded(Lab.policy().ttl(TTL).jitter(0.5).build());
    long left = explain(node).copies().stream()
        .mapToLong(Explanation.Copy::freshMillis)
        .max()
        .orElseThrow();
    lab.time.advance(Duration.ofMillis(left));
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }

  @Test
  void lostLog_isWhyItMisses() {
    Lab.Node node = loaded();
    lab.loseLogOfL2(node, lab.node());

    assertThat(whyMissed(node)).isEqualTo("the log in " + node.l2.name() + " was lost");
    assertThat(node.get()).isEqualTo("v1");
    lab.time.advance(TTL);
    assertThat(whyMissed(node)).isEqualTo("it ran out");
  }
}
