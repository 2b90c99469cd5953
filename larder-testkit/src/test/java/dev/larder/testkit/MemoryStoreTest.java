package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What a memory store does beyond the contracts. */
class MemoryStoreTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Position OPENING = new Position("memory", 7, 0);

  private final FakeTime time = new FakeTime();

  private MemoryStore.Builder builder() {
    return MemoryStore.builder().clock(time::millis);
  }

  private static Change change(long nonce) {
    return new Change(nonce, List.of(Target.tag("t" + nonce)), "node", "test", 0);
  }

  private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
    return stage.toCompletableFuture();
  }

  @Test
  void everyStage_isCompleteOnReturn() {
    try (MemoryStore store = builder().build()) {
      assertThat(future(store.log().openEpoch(null, 0, 7, 1))).isCompleted();
      assertThat(future(store.log().append(change(2), HOUR))).isCompleted();
      assertThat(future(store.tier().plant("k", 0L, 1, HOUR))).isCompletedWithValue(true);
      assertThat(future(store.invalidate(change(3), HOUR))).isCompleted();
    }
  }

  @Test
  void await_dependentsRunBeforeAppendReturns() {
    try (MemoryStore store = builder().build()) {
      store.log().openEpoch(null, 0, 7, 1);
      List<LogRecord> applied = new ArrayList<>();
      store.log().await(OPENING, 10, HOUR).thenAccept(applied::addAll);
      LogRecord record = future(store.log().append(change(2), HOUR)).join();
      assertThat(applied).containsExactly(record);
    }
  }

  @Test
  void await_dependentsMayCallTheLog() {
    try (MemoryStore store = builder().build()) {
      store.log().openEpoch(null, 0, 7, 1);
      CompletableFuture<LogRecord> answer = future(store
          .log()
          .await(OPENING, 10, HOUR)
          .thenCompose(records -> store.log().append(change(3), HOUR)));
      store.log().append(change(2), HOUR);
      assertThat(answer.join().position()).isEqualTo(OPENING.next().next());
    }
  }

  @Test
  void await_severalWaiters_allWake() {
    try (MemoryStore store = builder().build()) {
      store.log().openEpoch(null, 0, 7, 1);
      List<CompletableFuture<List<LogRecord>>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(future(store.log().await(OPENING, 10, HOUR)));
      }
      store.log().append(change(2), HOUR);
      assertThat(waiting).allSatisfy(wait -> assertThat(wait.join()).hasSize(1));
    }
  }

  @Test
  void await_aheadOfTheTail_waitsOn() {
    try (MemoryStore store = builder().build()) {
      store.log().openEpoch(null, 0, 7, 1);
      CompletableFuture<List<LogRecord>> waiting =
          future(store.log().await(OPENING.next(), 10, HOUR));
      store.log().append(change(2), HOUR);
      assertThat(waiting).isNotDone();
      LogRecord second = future(store.log().append(change(3), HOUR)).join();
      assertThat(waiting.join()).containsExactly(second);
    }
  }

  @Test
  void await_ownThread_endsTheWait() {
    try (MemoryStore store = MemoryStore.create()) {
      store.log().openEpoch(null, 0, 7, 1);
      assertThat(future(store.log().await(OPENING, 10, Duration.ofMillis(1))))
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo(List.of());
    }
  }

  @Test
  void await_runOut_leavesNothingScheduled() {
    ManualScheduler scheduler = new ManualScheduler(time);
    try (MemoryStore store = builder().scheduler(scheduler).build()) {
      store.log().openEpoch(null, 0, 7, 1);
      store.log().await(OPENING, 10, HOUR);
      assertThat(scheduler.pending()).isEqualTo(1);
      store.log().append(change(2), HOUR);
      assertThat(scheduler.pending()).isZero();
    }
  }

  @Test
  void close_endsWaitsAndLaterCalls() {
    MemoryStore store = builder().build();
    store.log().openEpoch(null, 0, 7, 1);
    CompletableFuture<List<LogRecord>> waiting = future(store.log().await(OPENING, 10, HOUR));
    store.close();
    store.close();
    assertThat(waiting.join()).isEmpty();
    assertThat(future(store.log().tail()))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TierUnavailableException.class);
    assertThat(future(store.log().await(OPENING, 10, HOUR))).isCompletedExceptionally();
    assertThat(future(store.tier().read("k"))).isCompletedExceptionally();
  }

  @Test
  void retention_dropsTheOldest() {
    try (MemoryStore store = builder().retainedRecords(3).build()) {
      store.log().openEpoch(null, 0, 7, 1);
      for (int i = 2; i < 10; i++) {
        store.log().append(change(i), HOUR);
      }
      assertThat(future(store.log().read(null, 10)).join())
          .extracting(LogRecord::nonce)
          .containsExactly(7L, 8L, 9L);
      assertThat(future(store.log().tail()).join().nonce()).isEqualTo(9);
    }
  }

  @Test
  void retention_ofAnOrigin_keepsWhatIsNotForwarded() {
    try (MemoryStore store = builder().retainedRecords(2).origin(true).build()) {
      OriginLog log = (OriginLog) store.log();
      log.openEpoch(null, 0, 7, 1);
      for (int i = 2; i < 6; i++) {
        log.append(change(i), HOUR);
      }
      log.markForwarded(List.of(3L));
      assertThat(future(log.unforwarded(0, 10)).join())
          .extracting(LogRecord::nonce)
          .containsExactly(2L, 4L, 5L);
      assertThat(future(log.read(null, 10)).join()).hasSize(2);
    }
  }

  @Test
  void maxEntries_dropsExpiredThenThoseThatExpireFirst() {
    try (MemoryStore store = builder().maxEntries(8).build()) {
      store.tier().plant("soon", 0L, 1, Duration.ofSeconds(1));
      store.tier().plant("long:0", 0L, 1, HOUR);
      store.tier().plant("first", 0L, 1, Duration.ofMinutes(1));
      for (int i = 1; i < 6; i++) {
        store.tier().plant("long:" + i, 0L, 1, HOUR);
      }
      time.advance(Duration.ofSeconds(2));
      store.tier().plant("long:6", 0L, 1, HOUR);
      assertThat(future(store.tier().size("")).join()).isEqualTo(8);
      store.tier().plant("long:7", 0L, 1, HOUR);
      assertThat(future(store.tier().size("")).join()).isEqualTo(7);
      assertThat(future(store.tier().read("first")).join().nonce()).isZero();
    }
  }

  @Test
  void markers_thatAreDead_areSwept() {
    try (MemoryStore store = builder().build()) {
      store.log().openEpoch(null, 0, 7, 1);
      for (int i = 2; i < 5_000; i++) {
        store.log().append(change(i), Duration.ofMillis(10));
        time.advance(Duration.ofMillis(10));
      }
      store.log().append(change(5_000), HOUR);
      assertThat(future(store.log().markers(List.of("tt4999", "tt5000"))).join())
          .containsOnlyKeys("tt5000");
    }
  }

  @Test
  void holdMarkers_neverOpened_fails() {
    try (MemoryStore store = builder().build()) {
      assertThat(future(store.log().holdMarkers(List.of("tx"), HOUR)))
          .failsWithin(Duration.ZERO)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(LogLostException.class);
    }
  }

  @Test
  void lives_beyondALong_haveNoEnd() {
    try (MemoryStore store = builder().build()) {
      store.tier().plant("k", 0L, 1, Duration.ofSeconds(Long.MAX_VALUE));
      time.advance(Duration.ofDays(1_000));
      assertThat(future(store.tier().read("k")).join().nonce()).isEqualTo(1);
    }
  }

  @Test
  void build_wrongSettings_namesAllFaults() {
    assertThatThrownBy(() ->
            MemoryStore.builder().name("a b").retainedRecords(0).maxEntries(-1).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("name: 'a b'")
        .hasMessageContaining("retainedRecords: 0")
        .hasMessageContaining("maxEntries: -1");
  }

  @Test
  void log_isAnOriginOnlyIfAsked() {
    assertThat(MemoryStore.create().log()).isNotInstanceOf(OriginLog.class);
  }
}
