package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Position;
import dev.larder.memory.MemoryStore;
import dev.larder.stats.TierStats;
import dev.larder.testkit.Call;
import dev.larder.testkit.FaultyStore;
import dev.larder.testkit.Stall;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that lost records is noticed by its chain of nonces alone, and all it covered is dropped. */
@ParameterizedClass
@EnumSource(names = {"L1_L2", "L1_DATABASE"})
class EpochAndChainTest {

  private final Lab lab;
  private final Lab.Node one;
  private final Lab.Node two;

  EpochAndChainTest(Layout layout) {
    lab = new Lab(layout);
    one = lab.node();
    two = lab.node();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private MemoryStore empty(int retained) {
    return lab.memory(one.first().name(), lab.layout.hasDatabase(), retained);
  }

  private void failOver(int lostRecords) {
    MemoryStore replica = empty(100_000);
    copySlot(one.first(), replica);
    one.first().failOver(replica, lostRecords);
    two.first().replaceWith(replica);
  }

  /** The replica has the entry, as it would after a fail-over that lost a late delete. */
  private void copySlot(FaultyStore from, MemoryStore to) {
    if (Lab.done(from.tier().read(lab.slot())) instanceof Slot.Filled filled) {
      ByteBuffer body = filled.body();
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      Lab.done(to.tier().plant(lab.slot(), 0L, 2, Duration.ofHours(1)));
      Lab.done(
          to.tier().fill(lab.slot(), 2, new Tier.Fill(filled.nonce(), bytes, Duration.ofHours(1))));
    }
  }

  /** Another record took the place of the one applied here: the tail's nonce differs. */
  @Test
  void tailOfAnotherNonceEndsAllEntries() {
    two.get();
    one.larder.invalidateTags("lost");
    two.catchUp();
    failOver(1);
    one.larder.invalidateTags("other");
    assertThat(two.catchUp()).isTrue();
    assertThat(two.isMissing()).isTrue();
  }

  /** As before, with more records behind it: the chain breaks on the way. */
  @Test
  void brokenChainEndsAllEntries() {
    two.get();
    one.larder.invalidateTags("lost");
    two.catchUp();
    failOver(1);
    one.larder.invalidateTags("other");
    one.larder.invalidateTags("more");
    assertThat(two.catchUp()).isTrue();
    assertThat(two.isMissing()).isTrue();
  }

  /** The tail lies behind what was applied here. */
  @Test
  void shorterLogEndsAllEntries() {
    two.get();
    one.larder.invalidateTags("lost");
    two.catchUp();
    failOver(1);
    assertThat(two.catchUp()).isTrue();
    assertThat(two.isMissing()).isTrue();
  }

  /** Acknowledged to this node and lost before anybody followed it: this node still has to notice. */
  @Test
  void recordLostBeforeAnyoneFollowedItIsNoticed() {
    two.get();
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    failOver(1);
    one.catchUp();
    two.catchUp();
    assertThat(one.get()).isEqualTo("v2");
    assertThat(two.get()).isEqualTo("v2");
  }

  /** The same, when another record has taken its place meanwhile. */
  @Test
  void lostRecordWhosePlaceWasTakenIsNoticed() {
    two.get();
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    failOver(1);
    two.larder.invalidateTags("other");
    one.catchUp();
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** A node that followed the lost record would take itself to be at the position given out again. */
  @Test
  void positionGivenOutAgainIsNotAcknowledged() {
    one.larder.invalidateTags("lost");
    two.catchUp();
    one.catchUp();
    one.get();
    failOver(1);
    lab.commit("v2");
    Position at = two.larder.invalidateTags("of:v").position().orElseThrow();
    assertThat(one.cache.atLeast(at).get(Lab.KEY, lab.source::get)).isEqualTo("v2");
  }

  /** The server restarts empty: nothing of before is served, from L1 or below. */
  @Test
  void emptiedStoreEndsAllEntries() {
    two.get();
    one.get();
    MemoryStore fresh = empty(100_000);
    copySlot(one.first(), fresh);
    one.first().replaceWith(fresh);
    two.first().replaceWith(fresh);
    lab.commit("v2");
    assertThat(two.catchUp()).isTrue();
    assertThat(two.get()).isEqualTo("v2");
    assertThat(one.catchUp()).isTrue();
    assertThat(one.get()).isEqualTo("v2");
  }

  /** Records were trimmed before this node read them. */
  @Test
  void trimmedGapEndsAllEntries() {
    Lab small = new Lab(lab.layout);
    MemoryStore store = small.memory("lab-small", lab.layout.hasDatabase(), 3);
    small.replaceShared(store);
    Lab.Node writer = small.node();
    Lab.Node away = small.node();
    away.get();
    small.commit("v2");
    writer.larder.invalidateTags("of:v");
    for (int i = 0; i < 5; i++) {
      writer.larder.invalidateTags("other:" + i);
    }
    assertThat(losses(away)).containsOnlyNulls();
    small.scheduler.advance(Duration.ofSeconds(1));
    away.catchUp();
    assertThat(away.get()).isEqualTo("v2");
    small.time.advance(Duration.ofSeconds(4));
    assertThat(losses(away))
        .as("told to operators; it was noticed within the second before")
        .anyMatch(ago -> ago != null && ago.toSeconds() == 4);
    small.close();
    store.close();
  }

  private static List<Duration> losses(Lab.Node node) {
    return node.larder.tiers().stream().map(TierStats::logLostAgo).toList();
  }

  /** A load that began in an older epoch is stored nowhere. */
  @Test
  void loadFromAnOlderEpochIsNotServed() {
    one.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      one.larder.invalidateTags("lost");
      one.catchUp();
      failOver(1);
      one.catchUp();
      lab.commit("v2");
      return read;
    });
    assertThat(one.get()).isEqualTo("v2");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** Two nodes notice at once: one opens an epoch, the other joins it. */
  @Test
  void oneOfManyOpensTheEpoch() {
    one.larder.invalidateTags("lost");
    one.catchUp();
    two.catchUp();
    failOver(1);
    Stall first = one.first().on(Call.LOG_OPEN_EPOCH).stall();
    Stall second = two.first().on(Call.LOG_OPEN_EPOCH).stall();
    var a = one.larder.catchUp();
    var b = two.larder.catchUp();
    first.release();
    second.release();
    assertThat(Lab.done(a)).isTrue();
    assertThat(Lab.done(b)).isTrue();
    Position left = one.cache.invalidate(Lab.KEY).position().orElseThrow();
    Position right = two.cache.invalidate(Lab.KEY).position().orElseThrow();
    assertThat(right.epoch()).isEqualTo(left.epoch());
    assertThat(right.isAtLeast(left)).isTrue();
  }
}
