package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries older than what a node has read ask the markers, and a missing marker is a miss. */
@ParameterizedClass
@EnumSource(names = {"L1_L2", "L1_DATABASE"})
class MarkerAndFloorTest {

  private final Lab lab;
  private final MemoryStore small;
  private final Lab.Node one;

  MarkerAndFloorTest(Layout layout) {
    lab = new Lab(layout);
    small = lab.memory("lab-small", layout.hasDatabase(), 4);
    lab.replaceShared(small);
    one = lab.node();
  }

  @BeforeEach
  void load() {
    one.larder.invalidateTags("before");
    one.get();
  }

  @AfterEach
  void close() {
    lab.close();
    small.close();
  }

  /** Pushes what was logged so far out of the log. */
  private void trim() {
    for (int i = 0; i < 6; i++) {
      one.larder.invalidateTags("other:" + i);
    }
  }

  /** The record of the tag is trimmed; a node that starts now finds it in the marker. */
  @Test
  void trimmedTagRecordIsFoundInItsMarker() {
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    trim();
    assertThat(lab.node().get()).isEqualTo("v2");
  }

  /** What a marker alone speaks against may have been loaded later: operators are told that nothing proves it. */
  @Test
  void trimmedTagRecord_leavesTheEntryUnproved_toANodeThatStartsNow() {
    one.larder.invalidateTags("of:v");
    trim();
    assertThat(stored(one)).containsExactly(State.INVALID);
    assertThat(stored(lab.node())).containsExactly(State.UNPROVED);
  }

  private static List<State> stored(Lab.Node node) {
    String slot = node.larder.batch().key(node.cache, Lab.KEY).change().keys().get(0);
    return node.larder.management().explain(slot).copies().stream()
        .filter(copy -> copy.node().isEmpty())
        .map(Copy::state)
        .toList();
  }

  /** The same for the whole cache and for everything. */
  @Test
  void trimmedClearIsFoundInItsMarker() {
    lab.commit("v2");
    one.cache.clear();
    trim();
    assertThat(lab.node().get()).isEqualTo("v2");
    lab.commit("v3");
    one.larder.clear();
    trim();
    assertThat(lab.node().get()).isEqualTo("v3");
  }

  /** An entry below the floor under which nothing was invalidated is served after the markers agree. */
  @Test
  void oldEntryIsServedWhenItsMarkersAgree() {
    trim();
    Lab.Node late = lab.node();
    late.near().resetCalls();
    assertThat(late.cached()).isEqualTo("v1");
    assertThat(late.near().calls(Call.LOG_MARKERS)).isEqualTo(1);
  }

  /** An entry at or above the floor asks nothing. */
  @Test
  void youngEntryAsksNoMarkers() {
    Lab.Node late = lab.node();
    late.near().resetCalls();
    assertThat(late.cached()).isEqualTo("v1");
    assertThat(late.near().calls(Call.LOG_MARKERS)).isZero();
  }

  /** The record is trimmed and its marker has run out: nothing says that the entry is valid. */
  @Test
  void missingMarkerIsAMiss() {
    CachePolicy<Long, String> longLived = Lab.policy().ttl(Duration.ofDays(9)).build();
    one.near().on(Call.LOG_HOLD_MARKERS).fail();
    Cache<Long, String> first = one.larder.cache("long", longLived);
    first.get(Lab.KEY, lab.source::get);
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    trim();
    lab.time.advance(Duration.ofDays(2));
    Cache<Long, String> late = lab.node().larder.cache("long", longLived);
    assertThat(late.get(Lab.KEY, lab.source::get)).isEqualTo("v2");
  }

  /** A marker that was evicted and is held anew stands at the tail, never at an older position. */
  @Test
  void markerHeldAnewStandsAtTheTail() {
    lab.commit("v2");
    one.larder.invalidateTags("of:v");
    trim();
    var log = small.log();
    var tail = Lab.done(log.tail()).position();
    Lab.done(log.holdMarkers(List.of("evicted"), Duration.ofHours(1)));
    assertThat(Lab.done(log.markers(List.of("evicted")))).containsEntry("evicted", tail);
  }

  /** Fills hold the markers of their tags, so that a node which starts later can serve them. */
  @Test
  void fillsHoldTheirMarkers() {
    var change = one.larder.batch().tags("of:v", "id:1").change();
    assertThat(Lab.done(small.log().markers(change.markers()))).hasSize(2);
    lab.time.advance(Duration.ofMinutes(59));
    assertThat(Lab.done(small.log().markers(change.markers()))).hasSize(2);
  }

  /** A key's slot is deleted before its record is appended: who has applied it finds nothing. */
  @Test
  void slotIsDeletedBeforeTheRecordIsAppended() {
    Stall append = one.near().on(Call.LOG_APPEND).stall();
    var done = one.cache.async().invalidate(Lab.KEY);
    assertThat(append.held()).isEqualTo(1);
    assertThat(lab.node().isMissing()).isTrue();
    append.release();
    assertThat(Lab.isDone(done)).isTrue();
  }

  /** Rows of the table of tags are evicted: the entries under them are judged by the markers again. */
  @Test
  void evictedTagRowDoesNotMakeAnEntryValid() {
    lab.options = builder -> builder.maxTags(100);
    Lab.Node narrow = lab.node();
    CompletableFuture<String> slow = new CompletableFuture<>();
    one.cache.invalidate(Lab.KEY);
    var unused = one.cache.async().get(Lab.KEY, id -> slow);
    lab.commit("v2");
    narrow.larder.invalidateTags("of:v");
    slow.complete("v1");
    for (int i = 0; i < 3_000; i++) {
      narrow.larder.invalidateTags("many:" + i);
    }
    assertThat(narrow.get()).isEqualTo("v2");
  }
}
