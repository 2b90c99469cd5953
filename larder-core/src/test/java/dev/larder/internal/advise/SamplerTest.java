package dev.larder.internal.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.CacheTier;
import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sampler follows, counts and leaves. */
class SamplerTest {

  private static final long MINUTE = 60_000;

  private final Model.Clock clock = new Model.Clock();
  private final Model model = new Model(clock, 5 * MINUTE, 0);
  private final Sampler sampler = model.sampler;

  @Test
  void fewKeys_areAllFollowed_andEachReadIsCounted() {
    for (int round = 0; round < 30; round++) {
      for (long key = 0; key < 100; key++) {
        model.read(key);
      }
      clock.advance(1_000);
    }
    Trace trace = model.trace();
    assertThat(trace.share()).isEqualTo(1);
    assertThat(trace.keys()).isEqualTo(100);
    assertThat(trace.reads()).isEqualTo(3_000).isEqualTo(trace.lookups());
    assertThat(trace.millis()).isCloseTo(30_000, within(10L));
  }

  @Test
  void readsInARow_areOneEvent() {
    for (int i = 0; i < 20; i++) {
      model.read(7);
      clock.advance(2_000);
    }
    Trace trace = model.trace();
    // The miss, its load, and a run of hits.
    assertThat(trace.size()).isEqualTo(3);
    assertThat(trace.amount()[2]).isEqualTo(19);
    assertThat(trace.until()[2] - trace.at()[2]).isCloseTo((int) Ticks.ofMillis(36_000), within(2));
  }

  @Test
  void hitsWithinAMoment_areCountedByASample_aboutRight() {
    model.read(7);
    for (int i = 0; i < 200_000; i++) {
      // Times differ in bits that a coarse clock does not have.
      sampler.read(7L, CacheTier.L1, clock.nanos() + i * 97L % 900_000);
    }
    Trace trace = model.trace();
    assertThat(trace.size()).isEqualTo(3);
    assertThat(trace.reads()).isCloseTo(200_000, within(10_000L));
  }

  @Test
  void manyKeys_stayWithinTheBounds_andTheShareIsTrue() {
    for (long key = 0; key < 200_000; key++) {
      model.read(key);
      if (key % 1_000 == 0) {
        clock.advance(1);
      }
    }
    Trace trace = model.trace();
    assertThat(sampler.keys()).isBetween(100, FollowedKeys.MOST);
    assertThat(trace.size()).isLessThanOrEqualTo(Sampler.MOST_EVENTS);
    assertThat(trace.keys() / trace.share()).isCloseTo(200_000, within(20_000.0));
  }

  /** All reads of a key are in the sample, or none: it is one of keys and not of reads. */
  @Test
  void keyThatIsFollowed_isFollowedInAllItDoes() {
    for (int round = 0; round < 3; round++) {
      for (long key = 0; key < 10_000; key++) {
        model.read(key);
      }
      clock.advance(20_000);
    }
    Trace trace = model.trace();
    int[] reads = new int[trace.keys()];
    for (int i = 0; i < trace.size(); i++) {
      reads[trace.key()[i]] += trace.isRead(i) ? trace.amount()[i] : 0;
    }
    assertThat(trace.share()).isLessThan(0.2);
    assertThat(reads).hasSizeGreaterThan(100).containsOnly(3);
  }

  @Test
  void ring_turns_andTheLookupsAreThoseOfWhatIsLeft() {
    for (int i = 0; i < 40_000; i++) {
      model.read(i % 60);
      // Pauses that are too long for a run.
      clock.advance(1_000);
    }
    Trace trace = model.trace();
    assertThat(trace.size()).isBetween(Sampler.MOST_EVENTS / 2, Sampler.MOST_EVENTS);
    assertThat(trace.from()).isPositive();
    assertThat(trace.lookups()).isCloseTo(trace.reads(), within(20L));
    assertThat(trace.isNew()).containsOnly(false);
  }

  @Test
  void sampleThatWasThinned_growsAgainWhereFewKeysAreLeft() {
    for (long key = 0; key < 100_000; key++) {
      model.read(key);
    }
    double thin = sampler.share();
    assertThat(thin).isLessThan(0.02);
    for (int i = 0; i < 4_000_000 && sampler.share() < 1; i++) {
      model.read(i % 3_000);
      clock.advance(1_000);
    }
    assertThat(sampler.share()).isGreaterThan(4 * thin);
    assertThat(sampler.keys()).isLessThanOrEqualTo(FollowedKeys.MOST);
  }

  @Test
  void age_isThatOfTheFirstLookup_howeverFarTheSampleReachesBack() {
    sampler.stored(model.entry(1, "v"), false, true, 0);
    clock.advance(MINUTE);
    assertThat(sampler.ageMillis()).isZero();
    for (int i = 0; i < 40_000; i++) {
      model.read(i % 60);
      clock.advance(1_000);
    }
    assertThat(sampler.ageMillis()).isEqualTo(40_000_000);
    assertThat(model.trace().millis()).isLessThan(20_000_000);
  }

  private record Same(int id) {
    @Override
    public int hashCode() {
      return 4_711;
    }
  }

  @Test
  void keysOfOneHashCode_areNoSample_andNoLoop() {
    for (int id = 0; id < 3_000; id++) {
      sampler.read(new Same(id), null, clock.nanos());
    }
    assertThat(sampler.keys()).isLessThanOrEqualTo(FollowedKeys.MOST);
  }

  @Test
  void missAfterAnInvalidation_saysSo() {
    model.read(1);
    model.read(2);
    clock.advance(1_000);
    model.node.applyDeferred(change(Target.key("app:album:v1:1")));
    sampler.read(1L, null, clock.nanos());
    sampler.read(2L, null, clock.nanos());
    assertThat(kinds(model.trace()))
        .containsExactly(
            (int) Events.MISS,
            (int) Events.LOADED,
            (int) Events.MISS,
            (int) Events.LOADED,
            (int) Events.ENDED,
            (int) Events.MISS);
  }

  private static Change change(Target target) {
    return new Change(Change.newNonce(false), List.of(target), "test", "test", 0);
  }

  private static List<Integer> kinds(Trace trace) {
    return java.util.stream.IntStream.range(0, trace.size())
        .map(trace::kind)
        .boxed()
        .toList();
  }

  @Test
  void valueLoadedAnew_isComparedWithTheOneBefore_unlessThatWasInvalidated() {
    load("v1");
    load("v1");
    load("v2");
    model.node.applyDeferred(change(Target.tag("album")));
    load("v3");
    Trace trace = model.trace();
    assertThat(marks(trace, Events.SAME)).containsExactly(false, true, false, false);
    assertThat(marks(trace, Events.CHANGED)).containsExactly(false, false, true, false);
  }

  private void load(String value) {
    sampler.stored(model.entry(1, value), false, true, 0);
  }

  private static List<Boolean> marks(Trace trace, int mark) {
    return java.util.stream.IntStream.range(0, trace.size())
        .mapToObj(i -> trace.has(i, mark))
        .toList();
  }

  @Test
  void volatileKeys_areToldByTheirParts() {
    for (String parts : List.of(
        "~UUID=0f8fad5b-d9cb-469f-a165-70867728950e",
        "user:1764340000",
        "user:1764340000123L",
        "~Instant=2026-11-28T14%3A22%3A52Z",
        "report:2026-11-28T14%3A22")) {
      assertThat(KeyNames.isVolatile(parts)).as(parts).isTrue();
    }
    for (String parts : List.of(
        "42", "user:7:page:3", "2024-02-29", "99999999999", "17643400001234567", "baekjoon:sort")) {
      assertThat(KeyNames.isVolatile(parts)).as(parts).isFalse();
    }
  }
}
