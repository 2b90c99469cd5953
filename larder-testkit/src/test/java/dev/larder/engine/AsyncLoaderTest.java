package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On whose thread an asynchronous loader is called. */
class AsyncLoaderTest {

  private final Lab lab = new Lab(Layout.L1_L2);
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    lab.close();
  }

  private CompletionStage<@Nullable String> load(Long id) {
    calls.incrementAndGet();
    return CompletableFuture.completedFuture(lab.source.get(id));
  }

  /** The store answers on a thread of its own: the loader waits for the executor's turn. */
  @Test
  void afterAnAnswerOfTheStore_theExecutorCallsIt() {
    Lab.Node node = lab.node();
    Stall stall = node.l2.on(Call.TIER_READ).times(1).stall();
    CompletableFuture<@Nullable String> got =
        node.cache.async().get(Lab.KEY, this::load).toCompletableFuture();
    stall.release();
    assertThat(calls).hasValue(0);
    lab.scheduler.runDue();
    assertThat(got).isCompletedWithValue("v1");
    assertThat(calls).hasValue(1);
    assertThat(node.cached()).isEqualTo("v1");
  }

  @Test
  void bulk_afterAnAnswerOfTheStore_theExecutorCallsIt() {
    Lab.Node node = lab.node();
    Stall stall = node.l2.on(Call.TIER_READ_ALL).times(1).stall();
    var got = node.cache
        .async()
        .getAll(List.of(Lab.KEY), ids -> {
          calls.incrementAndGet();
          return CompletableFuture.completedFuture(Map.of(Lab.KEY, "v1"));
        })
        .toCompletableFuture();
    stall.release();
    assertThat(calls).hasValue(0);
    lab.scheduler.runDue();
    assertThat(got).isCompletedWithValue(Map.of(Lab.KEY, "v1"));
  }

  /** No room on the executor: the caller hears of it, and the next one can load. */
  @Test
  void rejected_theLeaseIsGivenBack() {
    lab.options = builder -> builder.executor(task -> {
      throw new RejectedExecutionException("full");
    });
    Lab.Node node = lab.node();
    Stall stall = node.l2.on(Call.TIER_READ).times(1).stall();
    CompletableFuture<@Nullable String> got =
        node.cache.async().get(Lab.KEY, this::load).toCompletableFuture();
    stall.release();
    assertThat(got).isCompletedExceptionally();
    assertThat(node.get()).isEqualTo("v1");
  }
}
