package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CachePolicy;
import dev.larder.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes whose wall clocks are minutes apart keep the times of entries, by the store's clock, and never
 * take an old value for a new one.
 */
@ParameterizedClass
@MethodSource("layoutsAndClocks")
class ClockSkewTest {

  private static final Duration TTL = Duration.ofMinutes(2);
  private static final Duration BIT = Duration.ofSeconds(1);
  private static final List<Duration> CLOCKS =
      List.of(Duration.ofMinutes(-5), Duration.ZERO, Duration.ofMinutes(5));

  /** The slot outlives the ttl, so that its end in the store hides nothing. */
  private static final CachePolicy<Long, String> POLICY =
      Lab.policy().ttl(TTL).revalidateFor(Duration.ofHours(1)).build();

  private final Lab lab;
  private final Duration ofOne;
  private final Duration ofOther;
  private final Lab.Node one;
  private final Lab.Node other;

  ClockSkewTest(Layout layout, Duration ofOne, Duration ofOther) {
    lab = new Lab(layout);
    this.ofOne = ofOne;
    this.ofOther = ofOther;
    one = lab.node(POLICY, ofOne);
    other = lab.node(POLICY, ofOther);
  }

  static Stream<Arguments> layoutsAndClocks() {
    return Stream.of(Layout.values())
        .filter(Layout::isShared)
        .flatMap(layout -> CLOCKS.stream()
            .flatMap(one -> CLOCKS.stream().map(other -> Arguments.of(layout, one, other))));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void pass(Duration time) {
    lab.time.advance(time);
    lab.catchUpAll();
  }

  /** A node that has nothing in its L1 yet. */
  private Lab.Node fresh(Duration ahead) {
    Lab.Node fresh = lab.node(POLICY, ahead);
    fresh.catchUp();
    return fresh;
  }

  @Test
  void ttl_ofAnEntryFromANodeWithAnotherClock_isNeitherShorterNorLonger() {
    one.get();
    pass(TTL.minus(BIT));
    lab.commit("v2");
    // Below L1, and in the L1 that it came to last.
    assertThat(other.cached()).isEqualTo("v1");
    assertThat(one.cached()).isEqualTo("v1");
    assertThat(fresh(ofOther).cached()).isEqualTo("v1");
    pass(BIT.multipliedBy(2));
    for (Lab.Node node : List.of(other, one, fresh(ofOther), fresh(ofOne))) {
      assertThat(node.isMissing()).isTrue();
    }
    assertThat(other.get()).isEqualTo("v2");
    assertThat(fresh(ofOne).cached()).isEqualTo("v2");
  }

  /** Between two heartbeats too. */
  @Test
  void ttl_whenTheClockOfANodeIsSet_isNeitherShorterNorLonger() {
    one.get();
    one.clock.set(ofOther);
    pass(TTL.minus(BIT));
    other.clock.set(ofOne);
    assertThat(other.cached()).isEqualTo("v1");
    lab.time.advance(BIT.multipliedBy(2));
    assertThat(other.isMissing()).isTrue();
    // What is written now has its time from the store as well.
    assertThat(other.cache.get(Lab.KEY, id -> "v2")).isEqualTo("v2");
    pass(TTL.minus(BIT));
    assertThat(fresh(ofOne).cached()).isEqualTo("v2");
    pass(BIT.multipliedBy(2));
    assertThat(fresh(ofOther).isMissing()).isTrue();
  }

  @Test
  void fill_ofALoadThatWasOvertaken_isRefusedWhateverItsClock() {
    String answer = one.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      other.cache.invalidate(Lab.KEY);
      assertThat(other.get()).isEqualTo("v2");
      return read;
    });
    assertThat(answer).isEqualTo("v1");
    lab.catchUpAll();
    for (Lab.Node node : List.of(one, other, fresh(ofOne), fresh(ofOther))) {
      assertThat(node.get()).isEqualTo("v2");
    }
    assertThat(one.cache.stats().loads() + other.cache.stats().loads()).isEqualTo(2);
  }

  @Test
  void invalidate_byANodeWithAnotherClock_endsTheEntryOnAll() {
    one.get();
    other.get();
    lab.commit("v2");
    other.larder.invalidateTags("of:v");
    assertThat(other.get()).isEqualTo("v2");
    lab.catchUpAll();
    assertThat(one.get()).isEqualTo("v2");
    lab.commit("v3");
    one.cache.invalidate(Lab.KEY);
    lab.catchUpAll();
    for (Lab.Node node : List.of(other, one, fresh(ofOther), fresh(ofOne))) {
      assertThat(node.get()).isEqualTo("v3");
    }
  }

  @Test
  void put_afterAPutByANodeWithAnotherClock_winsOnAll() {
    one.cache.put(Lab.KEY, lab.commitAndReturn("v2"));
    other.cache.put(Lab.KEY, lab.commitAndReturn("v3"));
    lab.catchUpAll();
    for (Lab.Node node : List.of(one, other, fresh(ofOne), fresh(ofOther))) {
      assertThat(node.get()).isEqualTo("v3");
    }
    // And it lives as long as one that was loaded.
    if (lab.layout.hasL2()) {
      pass(TTL.minus(BIT));
      assertThat(fresh(ofOne).cached()).isEqualTo("v3");
      pass(BIT.multipliedBy(2));
      assertThat(fresh(ofOne).cache.get(Lab.KEY)).isInstanceOf(Lookup.Miss.class);
    }
  }
}
