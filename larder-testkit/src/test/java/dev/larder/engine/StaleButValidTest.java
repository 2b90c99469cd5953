package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LoadTimeoutException;
import dev.larder.Lookup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Past its ttl an entry may be served; invalidated it may not, whatever the policy allows. */
class StaleButValidTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout) {
    lab = new Lab(layout);
    return lab.node(Lab.policy().staleFor(HOUR).staleIfError(HOUR).build());
  }

  private void passTtl(Lab.Node node) {
    lab.time.advance(HOUR.plusSeconds(1));
    if (lab.layout.isShared()) {
      node.catchUp();
    }
  }

  private static String fail() {
    throw new IllegalStateException("the source is down");
  }

  /** Stale and valid: served at once, and refreshed once in the background. */
  @ParameterizedTest
  @EnumSource
  void staleEntryIsServedAndRefreshed(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    assertThat(node.cache.get(Lab.KEY)).isInstanceOf(Lookup.Hit.class);
    lab.commit("v2");
    assertThat(node.get()).isEqualTo("v1");
    assertThat(node.get()).isEqualTo("v1");
    lab.scheduler.runDue();
    assertThat(node.get()).isEqualTo("v2");
    assertThat(node.cache.stats().loads()).isEqualTo(2);
  }

  /** Stale and invalidated, by key or tag: loaded, never served while that goes on. */
  @ParameterizedTest
  @EnumSource
  void invalidatedEntryIsNotServedWhileItIsRefreshed(Layout layout) {
    Lab.Node node = open(layout);
    node.get();
    passTtl(node);
    lab.commit("v2");
    node.larder.invalidateTags("of:v");
    assertThat(node.get()).isEqualTo("v2");
    passTtl(node);
    lab.commit("v3");
    node.cache.invalidate(Lab.KEY);
    assertThat(node.get()).isEqualTo("v3");
  }

  /** The source fails: a stale and valid entry stands in, an invalidated one does not. */
  @ParameterizedTest
  @EnumSource
  void onlyAValidEntryStandsInForAFailedLoad(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy().staleIfError(HOUR).build());
    node.get();
    passTtl(node);
    assertThat(node.cache.get(Lab.KEY, id -> fail())).isEqualTo("v1");
    node.larder.invalidateTags("of:v");
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> fail()))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  /** Invalidated while the load that then fails was under way: the entry may not stand in. */
  @ParameterizedTest
  @EnumSource
  void entryInvalidatedDuringTheFailingLoadDoesNotStandIn(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy().staleIfError(HOUR).build());
    for (Runnable end : new Runnable[] {
      () -> node.larder.invalidateTags("of:v"), () -> node.cache.invalidate(Lab.KEY)
    }) {
      node.get();
      passTtl(node);
      assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> {
            end.run();
            return fail();
          }))
          .isExactlyInstanceOf(IllegalStateException.class);
    }
  }

  /** A node that cannot tell whether the entry is valid lets none stand in. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void unconfirmedNodeLetsNothingStandIn(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy().staleIfError(HOUR).build());
    node.get();
    lab.time.advance(HOUR.plusSeconds(1));
    node.l2.onAll().fail();
    node.database.onAll().fail();
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> fail()))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  /** Past the time it may stand in, the failure is the caller's. */
  @ParameterizedTest
  @EnumSource
  void standInIsBounded(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy().staleIfError(HOUR).build());
    node.get();
    lab.time.advance(HOUR.plus(HOUR));
    if (layout.isShared()) {
      node.catchUp();
    }
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> fail()))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  /** A load slower than the soft time-out: the stand-in answers, if it is still valid then. */
  @ParameterizedTest
  @EnumSource
  void softTimeoutServesOnlyAValidEntry(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy()
        .staleIfError(HOUR)
        .softTimeout(Duration.ofMillis(1))
        .hardTimeout(Duration.ofMillis(2))
        .build());
    lab.source.put(2L, "w1");
    var unused = node.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("v1"));
    passTtl(node);
    // The loader is handed to an executor that does not run, so the load is slow for certain.
    assertThat(node.cache.get(Lab.KEY, id -> "v2")).isEqualTo("v1");
    lab.scheduler.runDue();
    assertThat(node.cached()).isEqualTo("v2");
    passTtl(node);
    node.larder.invalidateTags("of:v");
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> "v3"))
        .isInstanceOf(LoadTimeoutException.class);
    lab.scheduler.runDue();
    assertThat(node.cached()).isEqualTo("v3");
  }

  /** One who waits for another's load is held no longer than one who loads. */
  @ParameterizedTest
  @EnumSource
  void hardTimeoutHoldsForThoseWhoWait(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node(Lab.policy().hardTimeout(Duration.ofMillis(1)).build());
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> "v1"))
        .isInstanceOf(LoadTimeoutException.class);
    assertThatThrownBy(() -> node.cache.get(Lab.KEY, id -> "other"))
        .isInstanceOf(LoadTimeoutException.class);
    node.cache.invalidate(Lab.KEY);
    lab.scheduler.runDue();
    // The waiter's turn to load came after it had left: nobody may be left waiting for it.
    lab.scheduler.advance(Duration.ofMillis(20));
    var last = node.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("v3"));
    lab.scheduler.advance(Duration.ofMillis(20));
    assertThat(Lab.done(last)).isEqualTo("v3");
  }
}
