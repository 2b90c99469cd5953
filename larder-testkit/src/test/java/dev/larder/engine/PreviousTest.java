package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CachePolicyBuilder;
import dev.larder.Loading;
import dev.larder.Lookup;
import dev.larder.StaleTimes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load may see what it replaces, if no invalidation covers that. */
class PreviousTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private Lab lab = new Lab(Layout.L1);
  private @Nullable String seen;

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout, CachePolicyBuilder<Long, String> policy) {
    lab = new Lab(layout);
    return lab.node(policy.build());
  }

  private Lab.Node open(Layout layout) {
    return open(layout, Lab.policy().revalidateFor(HOUR));
  }

  private void pass(Duration time, Lab.Node... nodes) {
    lab.time.advance(time);
    if (lab.layout.isShared()) {
      for (Lab.Node node : nodes) {
        node.catchUp();
      }
    }
  }

  private void passTtl(Lab.Node... nodes) {
    pass(HOUR.plusSeconds(1), nodes);
  }

  private static Loading current() {
    return Objects.requireNonNull(Loading.current());
  }

  /** A loader that asks whether the value still holds. */
  private String revalidate(Long id) {
    seen = current().previous(String.class);
    return seen == null ? lab.source.get(id) : seen;
  }

  private @Nullable String get(Lab.Node node) {
    seen = null;
    return node.cache.get(Lab.KEY, this::revalidate);
  }

  @ParameterizedTest
  @EnumSource
  void pastTtl_isSeenAndNotServed(Layout layout) {
    Lab.Node node = open(layout);
    assertThat(get(node)).isEqualTo("v1");
    assertThat(seen).isNull();
    passTtl(node);
    assertThat(node.isMissing()).isTrue();
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> {
          throw new IllegalStateException("the source is down");
        }))
        .isExactlyInstanceOf(IllegalStateException.class);
    node.get();
    passTtl(node);
    assertThat(get(node)).isEqualTo("v1");
    assertThat(seen).isEqualTo("v1");
    pass(Duration.ofMinutes(59), node);
    assertThat(node.cached()).isEqualTo("v1");
    assertThat(node.cache.stats().loads()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void pastItsTime_isNotSeen(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    pass(HOUR.plus(HOUR), node);
    get(node);
    assertThat(seen).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void invalidated_isNotSeen(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    lab.commit("v2");
    node.larder.invalidateTags("of:v");
    assertThat(get(node)).isEqualTo("v2");
    assertThat(seen).isNull();
    passTtl(node);
    lab.commit("v3");
    node.cache.invalidate(Lab.KEY);
    assertThat(get(node)).isEqualTo("v3");
    assertThat(seen).isNull();
  }

  /** The invalidation comes when the load is under way, before it asks. */
  @ParameterizedTest
  @EnumSource
  void invalidatedDuringTheLoad_isNotSeen(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    node.cache.get(Lab.KEY, id -> {
      node.larder.invalidateTags("of:v");
      return revalidate(id);
    });
    assertThat(seen).isNull();
  }

  /** What the load says of the old value is no younger than the load. */
  @ParameterizedTest
  @EnumSource
  void invalidatedAfterItWasSeen_isNotKept(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    node.cache.get(Lab.KEY, id -> {
      String old = revalidate(id);
      node.larder.invalidateTags("of:v");
      return old;
    });
    assertThat(seen).isEqualTo("v1");
    assertThat(node.isMissing()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void keptTags_endTheNewEntryToo(Layout layout) {
    Lab.Node node = open(layout);
    node.cache.get(Lab.KEY, id -> {
      current().tag("named");
      return "v1";
    });
    passTtl(node);
    node.cache.get(Lab.KEY, id -> {
      String old = revalidate(id);
      current().keepTags();
      return old;
    });
    assertThat(node.cached()).isEqualTo("v1");
    node.larder.invalidateTags("named");
    assertThat(node.isMissing()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aRefresh_seesIt(Layout layout) {
    Lab.Node node = open(layout, Lab.policy().staleFor(HOUR));
    node.get();
    passTtl(node);
    node.cache.refresh(Lab.KEY, this::revalidate);
    assertThat(seen).isEqualTo("v1");
  }

  @ParameterizedTest
  @EnumSource
  void anAsynchronousLoad_seesIt(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    var loading = node.cache
        .async()
        .get(Lab.KEY, id -> CompletableFuture.completedFuture(revalidate(id)))
        .toCompletableFuture();
    lab.scheduler.runDue();
    assertThat(loading).isCompletedWithValue("v1");
    assertThat(seen).isEqualTo("v1");
  }

  /** Nobody may serve it, so its slot is free for the lease that keeps others from loading. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void pastTtl_oneProcessLoads(Layout layout) {
    Lab.Node node = open(layout);
    Lab.Node other = lab.node(Lab.policy().revalidateFor(HOUR).build());
    node.get();
    passTtl(node, other);
    node.cache.get(Lab.KEY, id -> {
      var waiting = other.cache.async().get(Lab.KEY, key -> {
        throw new AssertionError("two processes load");
      });
      assertThat(waiting.toCompletableFuture()).isNotDone();
      return revalidate(id);
    });
    assertThat(seen).isEqualTo("v1");
    assertThat(other.cached()).isEqualTo("v1");
  }

  /** A value that never is fresh: each load sees the one before it. */
  @ParameterizedTest
  @EnumSource
  void ttlZero_isKeptForLoadsAlone(Layout layout) {
    Lab.Node node = open(
        layout,
        Lab.policy()
            .ttlFrom((id, value) -> Duration.ZERO)
            .staleFor(HOUR)
            .staleIfError(HOUR)
            .revalidateFor(HOUR));
    node.get();
    assertThat(node.isMissing()).isTrue();
    assertThat(get(node)).isEqualTo("v1");
    assertThat(seen).isEqualTo("v1");
    assertThat(node.cache.stats().loads()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void ttlZero_withoutRevalidateFor_isNotStored(Layout layout) {
    Lab.Node node =
        open(layout, Lab.policy().ttlFrom((id, value) -> Duration.ZERO).staleIfError(HOUR));
    node.get();
    get(node);
    assertThat(seen).isNull();
  }

  /** The load itself says that nothing is to be stored. */
  @ParameterizedTest
  @EnumSource
  void ttlZeroOfTheLoad_isNotStored(Layout layout) {
    Lab.Node node = open(layout);
    node.cache.get(Lab.KEY, id -> {
      current().ttl(Duration.ZERO);
      return "v1";
    });
    get(node);
    assertThat(seen).isNull();
  }

  /** The value allows less than the policy. */
  @ParameterizedTest
  @EnumSource
  void staleFrom_shortensEachTime(Layout layout) {
    Lab.Node node = open(
        layout,
        Lab.policy()
            .staleFor(HOUR)
            .staleIfError(HOUR)
            .revalidateFor(HOUR)
            .staleFrom((id, value) ->
                new StaleTimes(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofDays(9))));
    node.get();
    pass(HOUR.plusSeconds(59), node);
    assertThat(node.cache.get(Lab.KEY)).isInstanceOf(Lookup.Hit.class);
    pass(Duration.ofSeconds(1), node);
    assertThat(node.isMissing()).isTrue();
    pass(Duration.ofSeconds(59), node);
    assertThat(node.cache.get(Lab.KEY, PreviousTest::fail)).isEqualTo("v1");
    pass(Duration.ofSeconds(1), node);
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, PreviousTest::fail))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  private static String fail(Long id) {
    throw new IllegalStateException("the source is down");
  }

  /** An own record beyond one of another node's makes a load that has not heard of that seem younger. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void recordOfAnotherNode_notYetHeardOf_isNotKeptPast(Layout layout) {
    Lab.Node node = open(layout);
    Lab.Node other = lab.node(Lab.policy().revalidateFor(HOUR).build());
    node.get();
    passTtl(node, other);
    lab.commit("v2");
    other.larder.invalidateTags("of:v");
    node.larder.invalidateTags("something else");
    get(node);
    assertThat(seen).isNull();
    node.catchUp();
    other.catchUp();
    assertThat(node.get()).isEqualTo("v2");
    assertThat(other.get()).isEqualTo("v2");
  }

  /** The slot is empty by an invalidation whose record is still to come. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void slotThatAnotherNodeHasDeleted_isNotMadeAnewFromMemory(Layout layout) {
    Lab.Node node = open(layout);
    Lab.Node other = lab.node(Lab.policy().revalidateFor(HOUR).build());
    node.get();
    passTtl(node, other);
    lab.commit("v2");
    other.cache.invalidate(Lab.KEY);
    assertThat(get(node)).isEqualTo("v2");
    assertThat(seen).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void pastTtl_isNeitherUpdatedNorTouched(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    assertThat(node.cache.update(Lab.KEY, old -> old + "!")).isInstanceOf(Lookup.Miss.class);
    assertThat(node.cache.touch(Lab.KEY, HOUR)).isFalse();
    assertThat(node.isMissing()).isTrue();
  }
}
