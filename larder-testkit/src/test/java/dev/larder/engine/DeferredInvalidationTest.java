package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.testkit.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** No log takes an invalidation: it holds here, waits, and the node trusts nothing meanwhile. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
class DeferredInvalidationTest {

  private final Lab lab;
  private final Lab.Node one;
  private final Lab.Node two;

  DeferredInvalidationTest(Layout layout) {
    lab = new Lab(layout);
    one = lab.node();
    two = lab.node();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void cutTheLogs() {
    for (var store : List.of(one.l2, one.database)) {
      store.on(Call.LOG_APPEND).fail();
    }
  }

  private void mend() {
    one.l2.heal();
    one.database.heal();
    one.l2.on(Call.LOG_AWAIT).drop();
    one.database.on(Call.LOG_AWAIT).drop();
    // The circuit opened: it lets a call through half a second later.
    lab.scheduler.advance(Duration.ofSeconds(1));
    assertThat(one.larder.waitingInvalidations()).isZero();
  }

  /** It holds on its own node at once, by key and by tag, though the tier still has the entry. */
  @Test
  void deferredInvalidationHoldsHere() {
    one.get();
    cutTheLogs();
    lab.commit("v2");
    Acknowledgement done = one.larder.invalidateTags("of:v");
    assertThat(done).isEqualTo(new Acknowledgement.Deferred(1));
    assertThat(done.position()).isEmpty();
    assertThat(one.get()).isEqualTo("v2");
    lab.commit("v3");
    assertThat(one.cache.invalidate(Lab.KEY)).isEqualTo(new Acknowledgement.Deferred(2));
    assertThat(one.get()).isEqualTo("v3");
  }

  /** While it waits L1 is not served: this node is not confirmed. */
  @Test
  void nodeIsUnconfirmedWhileItWaits() {
    one.get();
    cutTheLogs();
    one.larder.invalidateTags("unrelated");
    long hits = one.cache.stats().l1Hits();
    one.get();
    assertThat(one.cache.stats().l1Hits()).isEqualTo(hits);
    assertThat(one.larder.waitingInvalidations()).isEqualTo(1);
    mend();
    assertThat(one.larder.waitingInvalidations()).isZero();
    one.get();
    one.get();
    assertThat(one.cache.stats().l1Hits()).isGreaterThan(hits);
  }

  /** The log answers again: others hear of it. */
  @Test
  void itIsAppendedWhenTheLogAnswers() {
    two.get();
    cutTheLogs();
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    two.catchUp();
    mend();
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** Too many wait: one that covers everything takes their place, here and for all. */
  @Test
  void overflowCoversEverything() {
    two.get();
    one.get();
    cutTheLogs();
    lab.commit("v2");
    for (int i = 0; i < 10_000; i++) {
      one.larder.invalidateTags("other:" + i);
    }
    assertThat(one.larder.waitingInvalidations()).isEqualTo(10_000);
    one.larder.invalidateTags("one more");
    assertThat(one.larder.waitingInvalidations()).isEqualTo(1);
    assertThat(one.get()).isEqualTo("v2");
    mend();
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
  }

  /** The append happened and its answer was lost: appended again, it does no harm. */
  @Test
  void appendWhoseAnswerWasLostIsRepeated() {
    one.get();
    one.l2.on(Call.LOG_APPEND).failAfter();
    one.database.on(Call.LOG_APPEND).failAfter();
    lab.commit("v2");
    assertThat(one.larder.invalidateTags("of:v")).isInstanceOf(Acknowledgement.Deferred.class);
    mend();
    assertThat(one.get()).isEqualTo("v2");
    two.catchUp();
    assertThat(two.get()).isEqualTo("v2");
    assertThat(lab.node().cached()).isEqualTo("v2");
  }
}
