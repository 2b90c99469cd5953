package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link InvalidationLogContract} that is about markers. */
abstract class MarkerContract extends Contract {

  private static final Target TAG = Target.tag("artist:7");

  private Map<String, Position> markers(Target... targets) {
    return get(log().markers(List.of(targets).stream().map(Target::marker).toList()));
  }

  private Position marker(Target target) {
    return at(markers(target), target.marker());
  }

  @Test
  void markers_neverSet_areAbsent() {
    assertThat(markers(TAG)).isEmpty();
    opened();
    assertThat(markers(TAG, Target.ALL)).isEmpty();
    assertThat(get(log().markers(List.of()))).isEmpty();
  }

  @Test
  void append_setsTheMarkersOfItsTargets() {
    opened();
    Target prefix = Target.prefix(keyPrefix() + ":album:v1:7:");
    Target cache = Target.cache(keyPrefix() + ":album:");
    LogRecord record = append(TAG, prefix, cache, Target.ALL, Target.key(key("1")));
    assertThat(markers(TAG, prefix, cache, Target.ALL, Target.tag("other")))
        .isEqualTo(Map.of(
            TAG.marker(), record.position(),
            prefix.marker(), record.position(),
            cache.marker(), record.position(),
            Target.ALL.marker(), record.position()));
  }

  @Test
  void append_keysHaveNoMarker() {
    opened();
    Target target = Target.key(key("1"));
    append(target);
    assertThat(get(log().markers(List.of(target.marker(), target.id())))).isEmpty();
  }

  @Test
  void append_again_movesTheMarkerUp() {
    opened();
    Position first = append(TAG).position();
    append(Target.tag("other"));
    assertThat(marker(TAG)).isEqualTo(first);
    Position third = append(TAG).position();
    assertThat(marker(TAG)).isEqualTo(third);
  }

  @Test
  void append_sameTargetTwice_setsItsMarker() {
    opened();
    Position position = append(TAG, TAG).position();
    assertThat(markers(TAG)).isEqualTo(Map.of(TAG.marker(), position));
  }

  @Test
  void append_inNewEpoch_setsItsPosition() {
    Position opening = opened();
    append(TAG);
    LogRecord last = append(Target.tag("other"));
    Position reopened =
        position(get(log().openEpoch(last.position(), last.nonce(), opening.epoch() + 1, 9)));
    assertThat(append(TAG).position()).isEqualTo(reopened.next());
    assertThat(marker(TAG)).isEqualTo(reopened.next());
  }

  @Test
  void append_shorterLife_doesNotShortenTheMarkers() {
    opened();
    append(TAG);
    Position second = get(log().append(change(TAG), shortLife())).position();
    elapse(shortLife().multipliedBy(2));
    assertThat(marker(TAG)).isEqualTo(second);
  }

  @Test
  void append_hostileTags_haveTheirOwnMarkers() {
    opened();
    List<Target> targets = hostileTexts().map(Target::tag).toList();
    for (Target target : targets) {
      append(target);
    }
    Map<String, Position> markers =
        get(log().markers(targets.stream().map(Target::marker).toList()));
    assertThat(markers).hasSameSizeAs(targets);
    assertThat(markers.values()).doesNotHaveDuplicates();
    for (Target target : targets) {
      assertThat(markers).containsKey(target.marker());
    }
  }

  @Test
  void append_kindsAndCases_haveTheirOwnMarkers() {
    opened();
    Position tag = append(Target.tag("a:")).position();
    Position prefix = append(Target.prefix("a:")).position();
    Position cache = append(Target.cache("a:")).position();
    Position upper = append(Target.tag("A:")).position();
    assertThat(marker(Target.tag("a:"))).isEqualTo(tag);
    assertThat(marker(Target.prefix("a:"))).isEqualTo(prefix);
    assertThat(marker(Target.cache("a:"))).isEqualTo(cache);
    assertThat(marker(Target.tag("A:"))).isEqualTo(upper);
  }

  @Test
  void append_mostTargets_setsAllMarkers() {
    opened();
    List<Target> targets = IntStream.range(0, Change.MAX_TARGETS)
        .mapToObj(i -> Target.tag("user:" + i))
        .toList();
    Change change = new Change(nonce(), targets, "node-1", "test", 1);
    LogRecord record = get(log().append(change, LONG));
    assertThat(record.change()).isEqualTo(change);
    assertThat(get(log().read(null, 10)).get(1)).isEqualTo(record);
    Map<String, Position> markers = get(log().markers(change.markers()));
    assertThat(markers).hasSize(Change.MAX_TARGETS);
    assertThat(markers.values()).containsOnly(record.position());
  }

  @Test
  void append_movesTailAndMarkersInOneStep() throws Exception {
    opened();
    append(TAG);
    InvalidationLog reader = anotherNode().log();
    int appends = 100;
    List<Integer> observations = inParallel(2, i -> () -> {
      if (i == 0) {
        for (int n = 0; n < appends; n++) {
          append(TAG);
        }
        return appends;
      }
      int seen = 0;
      Position tail;
      do {
        tail = position(get(reader.tail()));
        Position marker = at(get(reader.markers(List.of(TAG.marker()))), TAG.marker());
        assertThat(marker.isAtLeast(tail))
            .as("marker %s, tail %s", marker, tail)
            .isTrue();
        Position after = position(get(reader.tail()));
        assertThat(after.isAtLeast(marker))
            .as("tail %s, marker %s", after, marker)
            .isTrue();
        seen++;
      } while (tail.sequence() <= appends);
      return seen;
    });
    assertThat(observations.get(1)).isPositive();
  }

  @Test
  void holdMarkers_missing_createsAtTheTail() {
    opened();
    Position tail = append(Target.tag("other")).position();
    get(log().holdMarkers(List.of(TAG.marker(), Target.ALL.marker()), LONG));
    assertThat(marker(TAG)).isEqualTo(tail);
    assertThat(marker(Target.ALL)).isEqualTo(tail);
    assertThat(get(log().tail()).position()).isEqualTo(tail);
  }

  @Test
  void holdMarkers_rightAfterOpening_createsAtTheOpening() {
    Position opening = opened();
    get(log().holdMarkers(List.of(TAG.marker()), LONG));
    assertThat(marker(TAG)).isEqualTo(opening);
  }

  @Test
  void holdMarkers_present_leavesThePosition() {
    opened();
    Position set = append(TAG).position();
    append(Target.tag("other"));
    get(log().holdMarkers(List.of(TAG.marker(), Target.ALL.marker()), LONG));
    assertThat(marker(TAG)).isEqualTo(set);
  }

  @Test
  void holdMarkers_extendsTheLife() {
    opened();
    Position set = get(log().append(change(TAG), shortLife())).position();
    get(log().holdMarkers(List.of(TAG.marker()), LONG));
    elapse(shortLife().multipliedBy(2));
    // No later append moves it, so only a marker that died could be anywhere else.
    assertThat(marker(TAG)).isEqualTo(set);
  }

  @Test
  void holdMarkers_doesNotShortenTheLife() {
    opened();
    Position set = append(TAG).position();
    get(log().holdMarkers(List.of(TAG.marker()), shortLife()));
    elapse(shortLife().multipliedBy(2));
    assertThat(marker(TAG)).isEqualTo(set);
  }

  @Test
  void holdMarkers_created_isMovedByLaterAppends() {
    opened();
    get(log().holdMarkers(List.of(TAG.marker()), LONG));
    Position moved = append(TAG).position();
    assertThat(marker(TAG)).isEqualTo(moved);
  }

  @Test
  void holdMarkers_manyAndNone() {
    Position opening = opened();
    get(log().holdMarkers(List.of(), LONG));
    List<String> names = IntStream.range(0, 1_000).mapToObj(i -> "tmany:" + i).toList();
    get(log().holdMarkers(names, LONG));
    Map<String, Position> markers = get(log().markers(names));
    assertThat(markers).hasSize(1_000);
    assertThat(markers.values()).containsOnly(opening);
  }

  @Test
  void holdMarkers_raceWithAppend_neverLeavesTheMarkerBelowTheRecord() {
    opened();
    for (int round = 0; round < 10; round++) {
      Target target = Target.tag("race:" + round);
      List<Position> appended = race(
          4,
          i -> i == 0
              ? log().append(change(target), LONG).thenApply(LogRecord::position)
              : log()
                  .holdMarkers(List.of(target.marker()), LONG)
                  .thenCompose(held -> log().tail())
                  .thenApply(Contract::position));
      assertThat(marker(target).isAtLeast(appended.get(0))).isTrue();
    }
  }
}
