package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read from a shared tier goes to L1 only as far as it can be judged. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
class BackfillTest {

  private final Lab lab;
  private final Lab.Node one;
  private final Lab.Node two;

  BackfillTest(Layout layout) {
    lab = new Lab(layout);
    one = lab.node();
    two = lab.node();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Tier tier() {
    return lab.layout.hasL2() ? lab.l2.tier() : lab.database.tier();
  }

  /** Puts bytes into the key's slot, as a replica has them that lacks a delete. */
  private void put(byte[] body) {
    Lab.done(tier().plant(lab.slot(), null, 2, Duration.ofHours(1)));
    Lab.done(tier().fill(lab.slot(), 2, new Tier.Fill(4, body, Duration.ofHours(1))));
  }

  private byte[] body() {
    ByteBuffer body = ((Slot.Filled) Lab.done(tier().read(lab.slot()))).body();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  /** A fail-over brought the deleted entry back: the ring still has the key's record. */
  @Test
  void deletedEntryThatCameBackIsRefused() {
    one.get();
    byte[] old = body();
    lab.commit("v2");
    one.cache.invalidate(Lab.KEY);
    two.catchUp();
    put(old);
    assertThat(one.get()).isEqualTo("v2");
    put(old);
    two.larder.invalidateTags("unrelated");
    lab.scheduler.runDue();
    assertThat(lab.node().get()).isEqualTo("v2");
  }

  /** The GET is on its way while the key is invalidated: the answer may not stay in L1. */
  @Test
  void readOvertakenByAnInvalidationIsNotKept() {
    one.get();
    Stall answer = two.near().on(Call.TIER_READ).times(1).stallAnswer();
    var read = two.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("other"));
    assertThat(answer.held()).isEqualTo(1);
    lab.commit("v2");
    one.cache.invalidate(Lab.KEY);
    two.catchUp();
    answer.release();
    lab.scheduler.advance(Duration.ofMillis(20));
    assertThat(Lab.isDone(read)).isTrue();
    assertThat(two.get()).isNotEqualTo("v1");
  }

  /** The same, where the node hears of the record only after the answer. */
  @Test
  void backfilledEntryIsAsOfWhenItsReadWasSent() {
    one.get();
    Stall answer = two.near().on(Call.TIER_READ).times(1).stallAnswer();
    var read = two.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("other"));
    lab.commit("v2");
    one.cache.invalidate(Lab.KEY);
    answer.release();
    assertThat(Lab.done(read)).isEqualTo("v1");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** A backfilled entry ends with its tags, as one that was loaded here. */
  @Test
  void backfilledEntryKeepsItsTags() {
    one.get();
    assertThat(two.get()).isEqualTo("v1");
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** It lives in L1 no longer than in the tier that it came from. */
  @Test
  void backfilledEntryHasTheRemainingLife() {
    one.get();
    lab.time.advance(Duration.ofMinutes(40));
    two.catchUp();
    assertThat(two.get()).isEqualTo("v1");
    lab.commit("v2");
    lab.time.advance(Duration.ofMinutes(20));
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** Foreign, damaged or misplaced bytes are a miss, counted, and the value is stored over them. */
  @Test
  void unreadableBytesAreAMiss() {
    one.get();
    byte[] good = body();
    byte[] damaged = good.clone();
    damaged[good.length / 2] ^= 1;
    for (byte[] bytes : new byte[][] {
      damaged, new byte[0], "foreign".getBytes(java.nio.charset.StandardCharsets.UTF_8)
    }) {
      put(bytes);
      Lab.Node fresh = lab.node();
      assertThat(fresh.get()).isEqualTo("v1");
      assertThat(fresh.cache.stats().unreadable()).isPositive();
      assertThat(lab.node().cached()).isEqualTo("v1");
    }
  }
}
