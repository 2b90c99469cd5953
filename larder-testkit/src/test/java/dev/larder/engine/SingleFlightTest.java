package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One load for those who wait together, and what they may take from it. */
class SingleFlightTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout) {
    lab = new Lab(layout);
    return lab.node();
  }

  /** Many callers of a cold key share one load. */
  @ParameterizedTest
  @EnumSource
  void callersShareOneLoad(Layout layout) {
    Lab.Node node = open(layout);
    CompletableFuture<String> loading = new CompletableFuture<>();
    List<CompletionStage<@Nullable String>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(node.cache.async().get(Lab.KEY, id -> loading));
    }
    loading.complete("v1");
    all.forEach(each -> assertThat(Lab.done(each)).isEqualTo("v1"));
    assertThat(node.cache.stats().loads()).isEqualTo(1);
    assertThat(node.cache.stats().waits()).isEqualTo(49);
  }

  /** A caller who comes after an invalidation joins a flight from before it: it may not take v1. */
  @ParameterizedTest
  @EnumSource
  void flightFromBeforeAnInvalidationIsNotTaken(Layout layout) {
    Lab.Node node = open(layout);
    for (String end : List.of("key", "tag")) {
      node.cache.invalidate(Lab.KEY);
      CompletableFuture<String> old = new CompletableFuture<>();
      CompletionStage<@Nullable String> early = node.cache.async().get(Lab.KEY, id -> old);
      lab.commit("v2");
      if (end.equals("key")) {
        node.cache.invalidate(Lab.KEY);
      } else {
        node.larder.invalidateTags("of:v");
      }
      CompletionStage<@Nullable String> late = node.cache
          .async()
          .get(Lab.KEY, id -> CompletableFuture.completedFuture(lab.source.get(id)));
      old.complete("v1");
      lab.scheduler.advance(Duration.ofMillis(20));
      assertThat(Lab.done(early)).isEqualTo("v1");
      assertThat(Lab.done(late)).isEqualTo("v2");
      assertThat(node.get()).isEqualTo("v2");
    }
  }

  /** What a loader throws reaches all who wait as it is, checked or not, and is not remembered. */
  @ParameterizedTest
  @EnumSource
  void failureIsSharedUnwrappedAndNotKept(Layout layout) {
    Lab.Node node = open(layout);
    CompletableFuture<String> loading = new CompletableFuture<>();
    CompletionStage<@Nullable String> first = node.cache.async().get(Lab.KEY, id -> loading);
    CompletionStage<@Nullable String> second = node.cache.async().get(Lab.KEY, id -> loading);
    loading.completeExceptionally(new IOException("no answer"));
    for (CompletionStage<@Nullable String> each : List.of(first, second)) {
      assertThatThrownBy(() -> each.toCompletableFuture().get())
          .hasCause(new IOException("no answer"))
          .satisfies(
              thrown -> assertThat(thrown.getCause()).isExactlyInstanceOf(IOException.class));
    }
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> {
          throw new IOException("checked");
        }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("checked");
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> {
          throw new AssertionError("an error");
        }))
        .isExactlyInstanceOf(AssertionError.class);
    assertThat(node.get()).isEqualTo("v1");
  }

  /** A failed load gives its lease back: another process need not wait for it to run out. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void failedLoadGivesTheLeaseBack(Layout layout) {
    Lab.Node node = open(layout);
    Lab.Node other = lab.node();
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> {
          throw new IllegalStateException();
        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Lab.done(
            other.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("w"))))
        .isEqualTo("w");
  }

  /** A loader that asks for its own key, or for one in a circle, goes on and does not wait. */
  @ParameterizedTest
  @EnumSource
  void nestedLoadsDoNotWaitForEachOther(Layout layout) {
    Lab.Node node = open(layout);
    assertThat(node.cache.get(1L, a -> node.cache.get(2L, b -> node.cache.get(1L, c -> "inner"))))
        .isEqualTo("inner");
    assertThat(node.cache.getAll(
            List.of(5L, 6L),
            some -> node.cache.getAll(List.of(6L, 5L), same -> Map.of(5L, "a", 6L, "b"))))
        .containsExactly(Map.entry(5L, "a"), Map.entry(6L, "b"));
  }

  /** A weigher or a listener that throws costs its entry the place in L1 and leaves no waiter behind. */
  @ParameterizedTest
  @EnumSource
  void faultsOfCallbacksLeaveNobodyWaiting(Layout layout) {
    lab = new Lab(layout);
    lab.options = builder -> builder.listener((cache, key, tier, stale) -> {
      throw new IllegalStateException("a listener's own fault");
    });
    Lab.Node node = lab.node(Lab.policy()
        .l1MaxWeight(100, (id, value) -> {
          throw new IllegalStateException("a weigher's own fault");
        })
        .build());
    assertThat(node.get()).isEqualTo("v1");
    assertThat(node.get()).isEqualTo("v1");
    assertThat(Lab.done(
            node.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("v1"))))
        .isEqualTo("v1");
  }

  /** The policy's own functions fail: the value is answered, not stored, and nobody is left waiting. */
  @ParameterizedTest
  @EnumSource
  void faultsOfThePolicyLeaveNobodyWaiting(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy()
        .tags((id, value) -> {
          throw new IllegalStateException("a tag function's own fault");
        })
        .build());
    assertThat(node.get()).isEqualTo("v1");
    assertThat(node.isMissing()).isTrue();
    assertThat(node.get()).isEqualTo("v1");
  }
}
