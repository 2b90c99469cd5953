package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.memory.MemoryStore;
import dev.larder.tier.Slot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final MemoryStore real = MemoryStore.create();
  private final FaultyStore faulty = new FaultyStore(real);

  private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
    return stage.toCompletableFuture();
  }

  private CompletableFuture<Boolean> plant(String key) {
    return future(faulty.tier().plant(key, 0L, 1, HOUR));
  }

  private boolean isPlanted(String key) {
    return future(real.tier().read(key)).join() instanceof Slot.Placeholder;
  }

  private static void assertFailed(CompletableFuture<?> future) {
    assertThat(future)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TierUnavailableException.class);
  }

  private static Change change(Target... targets) {
    return new Change(Contract.nonce(), List.of(targets), "node", "test", 0);
  }

  @Test
  void noFault_passesThrough() {
    assertThat(plant("k")).isCompletedWithValue(true);
    assertThat(isPlanted("k")).isTrue();
    assertThat(faulty.name()).isEqualTo("memory");
    assertThat(faulty.log().name()).isEqualTo("memory");
  }

  @Test
  void failure_arrivesAsItIs() {
    future(faulty.log().append(change(Target.ALL), HOUR))
        .handle((record, failure) -> {
          assertThat(failure).isInstanceOf(LogLostException.class);
          return record;
        })
        .join();
  }

  @Test
  void fail_doesNothing() {
    faulty.on(Call.TIER_PLANT).fail();
    assertFailed(plant("k"));
    assertThat(isPlanted("k")).isFalse();
    assertThat(future(faulty.tier().read("k"))).isCompletedWithValue(Slot.Empty.FREE);
    faulty.heal();
    assertThat(plant("k")).isCompletedWithValue(true);
  }

  @Test
  void failAfter_happensAllTheSame() {
    faulty.on(Call.TIER_PLANT).failAfter();
    assertFailed(plant("k"));
    assertThat(isPlanted("k")).isTrue();
  }

  @Test
  void drop_isNeverAnswered() {
    faulty.on(Call.TIER_PLANT).times(1).drop();
    assertThat(plant("k")).isNotDone();
    assertThat(isPlanted("k")).isFalse();
    faulty.on(Call.TIER_PLANT).times(1).dropAnswer();
    assertThat(plant("k")).isNotDone();
    assertThat(isPlanted("k")).isTrue();
  }

  @Test
  void times_endsTheFault() {
    faulty.on(Call.TIER_READ).times(2).fail();
    assertFailed(future(faulty.tier().read("k")));
    assertFailed(future(faulty.tier().read("k")));
    assertThat(future(faulty.tier().read("k"))).isCompleted();
  }

  @Test
  void naming_meetsThatKeyAlone() {
    faulty.on(Call.TIER_PLANT, Call.LOG_APPEND).naming("bad").fail();
    faulty.on(Call.LOG_APPEND).naming("ttag").fail();
    future(faulty.log().openEpoch(null, 0, 7, 1)).join();
    assertThat(plant("good")).isCompletedWithValue(true);
    assertFailed(plant("bad"));
    assertThat(future(faulty.log().append(change(Target.key("good")), HOUR))).isCompleted();
    assertFailed(future(faulty.log().append(change(Target.key("bad")), HOUR)));
    assertFailed(future(faulty.log().append(change(Target.tag("tag")), HOUR)));
  }

  @Test
  void stall_holdsBeforeItHappens() {
    Stall stall = faulty.on(Call.TIER_PLANT).stall();
    CompletableFuture<Boolean> first = plant("1");
    CompletableFuture<Boolean> second = plant("2");
    stall.awaitHeld(2);
    assertThat(isPlanted("1")).isFalse();
    stall.releaseOne();
    assertThat(first).isCompletedWithValue(true);
    assertThat(second).isNotDone();
    CompletableFuture<Boolean> third = plant("3");
    stall.failOne();
    assertFailed(second);
    assertThat(isPlanted("2")).isFalse();
    stall.release();
    assertThat(third).isCompletedWithValue(true);
    assertThat(plant("4")).isCompletedWithValue(true);
    assertThatThrownBy(stall::releaseOne).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stallAnswer_holdsAfterItHappened() {
    Stall stall = faulty.on(Call.TIER_PLANT).times(1).stallAnswer();
    CompletableFuture<Boolean> answer = plant("k");
    assertThat(isPlanted("k")).isTrue();
    assertThat(answer).isNotDone();
    assertThat(plant("other")).isCompletedWithValue(true);
    stall.release();
    assertThat(answer).isCompletedWithValue(true);
  }

  @Test
  void heal_letsHeldCallsGo() {
    Stall stall = faulty.onAll().stall();
    CompletableFuture<Boolean> answer = plant("k");
    assertThat(stall.held()).isEqualTo(1);
    faulty.heal();
    assertThat(answer).isCompletedWithValue(true);
  }

  @Test
  void invalidate_isSeenAsDeleteThenAppend() {
    future(faulty.log().openEpoch(null, 0, 7, 1)).join();
    plant("k");
    Stall stall = faulty.on(Call.LOG_APPEND).stall();
    CompletableFuture<LogRecord> record = future(faulty.invalidate(change(Target.key("k")), HOUR));
    stall.awaitHeld();
    assertThat(isPlanted("k")).isFalse();
    assertThat(future(real.log().tail()).join().nonce()).isEqualTo(1);
    stall.release();
    assertThat(record).isCompleted();
  }

  @Test
  void down_failsWhoeverWaits() {
    future(faulty.log().openEpoch(null, 0, 7, 1)).join();
    CompletableFuture<List<LogRecord>> waiting =
        future(faulty.log().await(new Position("memory", 7, 0), 10, HOUR));
    faulty.down();
    assertFailed(waiting);
    assertFailed(future(faulty.tier().read("k")));
    assertFailed(future(faulty.log().tail()));
    faulty.heal();
    assertThat(future(faulty.log().tail())).isCompleted();
  }

  @Test
  void calls_areCounted() {
    future(faulty.log().openEpoch(null, 0, 7, 1)).join();
    plant("1");
    plant("2");
    faulty.on(Call.TIER_READ).fail();
    faulty.tier().read("1");
    faulty.log().tail();
    assertThat(faulty.calls(Call.TIER_PLANT)).isEqualTo(2);
    assertThat(faulty.calls(Call.TIER_READ)).isEqualTo(1);
    assertThat(faulty.calls(Call.LOG_TAIL)).isEqualTo(1);
    assertThat(faulty.calls()).isEqualTo(4);
    faulty.resetCalls();
    assertThat(faulty.calls()).isZero();
  }

  @Test
  void replaceWith_goesOnWithTheOther() {
    plant("k");
    MemoryStore empty = MemoryStore.create();
    faulty.replaceWith(empty);
    assertThat(future(faulty.tier().read("k"))).isCompletedWithValue(Slot.Empty.FREE);
    assertThat(future(faulty.log().tail()).join().isPresent()).isFalse();
  }

  @Test
  void failOver_losesTheNewestRecords() {
    future(faulty.log().openEpoch(null, 0, 7, 1)).join();
    LogRecord first = future(faulty.log().append(change(Target.tag("a")), HOUR)).join();
    Position opened = future(faulty.log().openEpoch(first.position(), first.nonce(), 9, 2))
        .join()
        .position();
    LogRecord kept = future(faulty.log().append(change(Target.tag("b")), HOUR)).join();
    future(faulty.log().append(change(Target.tag("c")), HOUR)).join();
    List<LogRecord> before = future(faulty.log().read(null, 10)).join();
    faulty.failOver(MemoryStore.create(), 1);
    List<LogRecord> after = future(faulty.log().read(null, 10)).join();
    assertThat(after).extracting(LogRecord::position).hasSize(4).contains(opened);
    assertThat(after.get(3)).isEqualTo(kept);
    assertThat(after)
        .extracting(LogRecord::nonce)
        .isEqualTo(before.subList(0, 4).stream().map(LogRecord::nonce).toList());
    assertThat(future(faulty.log().markers(List.of("ta", "tb", "tc"))).join())
        .containsOnlyKeys("ta", "tb");
  }

  @Test
  void origin_staysAnOrigin() {
    FaultyStore origin = new FaultyStore(MemoryStore.builder().origin(true).build());
    assertThat(origin.log()).isInstanceOf(OriginLog.class);
    assertThat(faulty.log()).isNotInstanceOf(OriginLog.class);
    origin.on(Call.LOG_UNFORWARDED).fail();
    assertFailed(future(((OriginLog) origin.log()).unforwarded(0, 1)));
  }
}
