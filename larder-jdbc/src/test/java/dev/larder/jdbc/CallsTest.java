package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Blocking calls as stages. */
class CallsTest {

  private static Throwable failure(CompletableFuture<?> stage) throws Exception {
    try {
      throw new AssertionError("no failure but " + stage.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test
  void fullQueue_failsAtOnceAndNeverBlocksTheCaller() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Calls calls = new Calls(Duration.ofMinutes(1), null)) {
      List<CompletableFuture<Integer>> accepted = new ArrayList<>();
      CompletableFuture<Integer> refused = null;
      for (int i = 0; refused == null; i++) {
        int number = i;
        CompletableFuture<Integer> stage = calls.submit(() -> {
          release.await();
          return number;
        });
        if (stage.isCompletedExceptionally()) {
          refused = stage;
        } else {
          accepted.add(stage);
        }
      }
      assertThat(accepted).hasSize(1_000 + Calls.THREADS);
      assertThat(failure(refused))
          .isInstanceOf(TierUnavailableException.class)
          .hasMessageContaining("too many calls");
      release.countDown();
      for (int i = 0; i < accepted.size(); i++) {
        assertThat(accepted.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
      }
    }
  }

  @Test
  void callThatHangs_failsAfterTheTimeout() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Calls calls = new Calls(Duration.ofMillis(20), null)) {
      assertThat(failure(calls.submit(() -> {
            release.await();
            return 1;
          })))
          .isInstanceOf(TierUnavailableException.class)
          .hasMessageContaining("20 ms");
      release.countDown();
    }
  }

  @Test
  void callThatRanOutWhileItWaited_isNotMade() throws Exception {
    List<Runnable> queued = new ArrayList<>();
    AtomicInteger made = new AtomicInteger();
    try (Calls calls = new Calls(Duration.ofMillis(1), queued::add)) {
      assertThat(failure(calls.submit(made::incrementAndGet)))
          .isInstanceOf(TierUnavailableException.class);
      queued.forEach(Runnable::run);
      assertThat(made).hasValue(0);
    }
  }

  @Test
  void failure_arrivesAsItIs() throws Exception {
    IllegalStateException thrown = new IllegalStateException("x");
    try (Calls calls = new Calls(Duration.ofMinutes(1), Runnable::run)) {
      assertThat(failure(calls.submit(() -> {
            throw thrown;
          })))
          .isSameAs(thrown);
    }
  }

  @Test
  void closed_refuses() throws Exception {
    Calls calls = new Calls(Duration.ofMinutes(1), null);
    calls.close();
    assertThat(failure(calls.submit(() -> 1)))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> calls.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void close_waitsForWhatRuns() throws Exception {
    Calls calls = new Calls(Duration.ofMinutes(1), null);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Integer> stage = calls.submit(() -> {
      running.countDown();
      release.await();
      return 1;
    });
    running.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(calls::close);
    assertThat(closing).isNotDone();
    release.countDown();
    closing.get(30, TimeUnit.SECONDS);
    assertThat(stage).isCompletedWithValue(1);
  }
}
