package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Call;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One load for all processes. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
class LeaseTest {

  private static final CompletableFuture<String> NEVER = new CompletableFuture<>();

  private final Lab lab;
  private final Lab.Node holder;
  private final Lab.Node waiter;

  LeaseTest(Layout layout) {
    lab = new Lab(layout);
    holder = lab.node();
    waiter = lab.node();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private CompletionStage<@Nullable String> ask(Lab.Node node, CompletableFuture<String> load) {
    return node.cache.async().get(Lab.KEY, id -> load);
  }

  /** The other process loads: this one waits, and takes what was filled at most 10 ms later. */
  @Test
  void waiterTakesTheHoldersValue() {
    CompletableFuture<String> load = new CompletableFuture<>();
    var first = ask(holder, load);
    var second = ask(waiter, NEVER);
    lab.scheduler.advance(Duration.ofMillis(500));
    assertThat(Lab.isDone(second)).isFalse();
    load.complete("v1");
    assertThat(Lab.done(first)).isEqualTo("v1");
    lab.scheduler.advance(Duration.ofMillis(10));
    assertThat(Lab.done(second)).isEqualTo("v1");
    assertThat(waiter.cache.stats().loads()).isZero();
    assertThat(waiter.cache.stats().waits()).as("however often it looked").isOne();
    assertThat(holder.cache.stats().waits()).isZero();
  }

  /** The holder died: its placeholder runs out and the waiter loads, no later than that. */
  @Test
  void deadHoldersLeaseRunsOut() {
    var unused = ask(holder, NEVER);
    var second = ask(waiter, CompletableFuture.completedFuture("v1"));
    Duration lease = waiter.cache.policy().lease();
    lab.scheduler.advance(lease.minusMillis(1));
    assertThat(Lab.isDone(second)).isFalse();
    lab.scheduler.advance(Duration.ofMillis(11));
    assertThat(Lab.done(second)).isEqualTo("v1");
    assertThat(lab.node().cached()).isEqualTo("v1");
  }

  /** A store may take the lease and not the value: nobody is to wait for that until the lease runs out. */
  @Test
  void fillThatFails_givesTheLeaseBack() {
    CompletableFuture<String> load = new CompletableFuture<>();
    var first = ask(holder, load);
    var second = ask(waiter, CompletableFuture.completedFuture("v1"));
    holder.near().on(Call.TIER_FILL).times(1).fail();
    load.complete("v1");
    assertThat(Lab.done(first)).isEqualTo("v1");
    lab.scheduler.advance(Duration.ofMillis(10));
    assertThat(Lab.done(second)).isEqualTo("v1");
  }

  /** The circuit let the lease through, and then neither the value nor its return. */
  @Test
  void leaseThatTheStoreDoesNotTakeBack_isGivenBackWhenItAnswersAgain() {
    CompletableFuture<String> load = new CompletableFuture<>();
    var first = ask(holder, load);
    var second = ask(waiter, CompletableFuture.completedFuture("v1"));
    holder.near().on(Call.TIER_FILL).times(1).fail();
    holder.near().on(Call.TIER_RELEASE).times(2).fail();
    load.complete("v1");
    assertThat(Lab.done(first)).isEqualTo("v1");
    // The third failure of five calls opens the circuit for half a second.
    lab.scheduler.advance(Duration.ofMillis(500));
    assertThat(Lab.isDone(second)).isFalse();
    lab.scheduler.advance(Duration.ofMillis(500));
    assertThat(Lab.done(second)).isEqualTo("v1");
  }

  /** What nobody takes back is not asked for longer than it may stand there. */
  @Test
  void leaseOfAStoreThatIsGone_isLeftWhenItHasRunOut() {
    CompletableFuture<String> load = new CompletableFuture<>();
    var unused = ask(holder, load);
    holder.near().on(Call.TIER_FILL, Call.TIER_RELEASE).fail();
    load.complete("v1");
    lab.scheduler.advance(holder.cache.policy().lease().plusSeconds(1));
    long calls = holder.near().calls(Call.TIER_RELEASE);
    assertThat(calls).isPositive();
    lab.scheduler.advance(Duration.ofMinutes(1));
    assertThat(holder.near().calls(Call.TIER_RELEASE)).isEqualTo(calls);
  }

  /** The holder's load began before an invalidation that the waiter's node made: v1 may not be taken. */
  @Test
  void waiterDoesNotTakeWhatWasInvalidatedHere() {
    CompletableFuture<String> load = new CompletableFuture<>();
    var first = ask(holder, load);
    lab.commit("v2");
    waiter.cache.invalidate(Lab.KEY);
    var second = ask(waiter, CompletableFuture.completedFuture("v2"));
    load.complete("v1");
    lab.scheduler.advance(Duration.ofMillis(20));
    assertThat(Lab.done(first)).isEqualTo("v1");
    assertThat(Lab.done(second)).isEqualTo("v2");
    assertThat(lab.node().get()).isEqualTo("v2");
  }

  /** The same by tag, where the placeholder is left standing and the fill succeeds. */
  @Test
  void waiterDoesNotTakeWhatATagEnded() {
    CompletableFuture<String> load = new CompletableFuture<>();
    var first = ask(holder, load);
    var second = ask(waiter, CompletableFuture.completedFuture("v2"));
    lab.commit("v2");
    waiter.larder.invalidateTags("of:v");
    load.complete("v1");
    lab.scheduler.advance(Duration.ofMillis(20));
    assertThat(Lab.done(first)).isEqualTo("v1");
    assertThat(Lab.done(second)).isEqualTo("v2");
  }

  /** A lookup without a loader does not wait for one who loads. */
  @Test
  void lookupDoesNotWait() {
    var unused = ask(holder, NEVER);
    assertThat(waiter.isMissing()).isTrue();
  }
}
