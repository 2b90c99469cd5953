package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many keys at once. */
class BulkTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout) {
    lab = new Lab(layout);
    return lab.node();
  }

  /** The loader is asked once, for what no tier has, in order, and keys without a value are left out. */
  @ParameterizedTest
  @EnumSource
  void loadsWhatIsMissingOnly(Layout layout) {
    Lab.Node node = open(layout);
    node.cache.get(2L, id -> "b");
    List<Set<Long>> asked = new ArrayList<>();
    Map<Long, String> all = node.cache.getAll(List.of(3L, 2L, 1L, 3L), missing -> {
      asked.add(Set.copyOf(missing));
      return Map.of(1L, "a", 9L, "not asked for");
    });
    assertThat(all).containsExactly(Map.entry(2L, "b"), Map.entry(1L, "a"));
    assertThat(asked).containsExactly(Set.of(1L, 3L));
    assertThat(node.cache.get(9L).isAnswered()).isFalse();
    assertThat(node.cache.get(1L).orNull()).isEqualTo("a");
  }

  /** Hits below L1 cost one round trip together. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void hitsCostOneRoundTrip(Layout layout) {
    Lab.Node node = open(layout);
    node.cache.getAll(List.of(1L, 2L, 3L), missing -> Map.of(1L, "a", 2L, "b", 3L, "c"));
    Lab.Node other = lab.node();
    other.near().resetCalls();
    assertThat(other.cache.getAll(List.of(1L, 2L, 3L), missing -> Map.of())).hasSize(3);
    assertThat(other.near().calls(Call.TIER_READ_ALL)).isEqualTo(1);
    assertThat(other.near().calls()).isEqualTo(1);
  }

  /** Two calls that overlap both ways end: each loads its own keys before it waits for the other. */
  @ParameterizedTest
  @EnumSource
  void overlappingCallsDoNotBlockEachOther(Layout layout) {
    Lab.Node node = open(layout);
    CompletableFuture<Map<Long, String>> first = new CompletableFuture<>();
    CompletableFuture<Map<Long, String>> second = new CompletableFuture<>();
    var left = node.cache.async().getAll(List.of(1L, 2L), missing -> first);
    var right = node.cache.async().getAll(List.of(2L, 3L, 1L), missing -> {
      assertThat(missing).containsExactly(3L);
      return second;
    });
    second.complete(Map.of(3L, "c"));
    assertThat(Lab.isDone(right)).isFalse();
    first.complete(Map.of(1L, "a", 2L, "b"));
    assertThat(Lab.done(left)).hasSize(2);
    assertThat(Lab.done(right)).hasSize(3);
    assertThat(node.cache.stats().loads()).isEqualTo(2);
  }

  /** Two processes that overlap both ways end too. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void overlappingCallsOfTwoNodesDoNotBlockEachOther(Layout layout) {
    Lab.Node node = open(layout);
    Lab.Node other = lab.node();
    CompletableFuture<Map<Long, String>> first = new CompletableFuture<>();
    CompletableFuture<Map<Long, String>> second = new CompletableFuture<>();
    var left = node.cache.async().getAll(List.of(1L, 2L), missing -> first);
    var right = other.cache.async().getAll(List.of(2L, 3L), missing -> second);
    var third = node.cache.async().getAll(List.of(1L, 3L), missing -> first);
    second.complete(Map.of(3L, "c"));
    first.complete(Map.of(1L, "a", 2L, "b"));
    lab.scheduler.advance(Duration.ofMillis(50));
    assertThat(Lab.done(left)).hasSize(2);
    assertThat(Lab.done(right)).containsExactly(Map.entry(2L, "b"), Map.entry(3L, "c"));
    assertThat(Lab.done(third)).hasSize(2);
  }

  /** What the loader throws arrives unwrapped, and what it returns wrongly leaves nobody waiting. */
  @ParameterizedTest
  @EnumSource
  void faultsOfTheLoaderLeaveNobodyWaiting(Layout layout) {
    Lab.Node node = open(layout);
    assertThatThrownBy(() -> node.cache.getAll(List.of(1L), missing -> {
          throw new IOException("no answer");
        }))
        .isExactlyInstanceOf(IOException.class);
    assertThatThrownBy(() -> node.cache.getAll(List.of(1L), missing -> Lab.nothing()))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> node.cache.getAll(List.of(1L), missing -> new HashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public String get(Object key) {
            throw new ClassCastException("a map of other keys");
          }
        }))
        .isInstanceOf(ClassCastException.class);
    assertThat(Lab.isDone(node.cache.async().getAll(List.of(1L), missing -> Lab.nothing())))
        .isTrue();
    assertThat(Lab.done(node.cache.async().get(1L, id -> CompletableFuture.completedFuture("a"))))
        .isEqualTo("a");
  }

  /** Nothing asked for is nothing loaded. */
  @ParameterizedTest
  @EnumSource
  void noKeysAskNobody(Layout layout) {
    Lab.Node node = open(layout);
    assertThat(node.cache.getAll(List.of(), missing -> {
          throw new AssertionError("asked for nothing");
        }))
        .isEmpty();
  }
}
