package dev.larder.internal.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Traces made by hand, whose answers can be counted on fingers. One tick stands for a millisecond. */
class ReplayTest {

  private static final long TTL = 1_000_000;

  private static Terms terms(boolean isShared, long size) {
    return new Terms(TTL, 0, 0, 0, 0, 0, size, isShared);
  }

  private static Outcome now(Trace trace, Terms terms) {
    return Replay.first(trace, new WorkingSet(trace), terms).outcome();
  }

  private static Outcome with(Trace trace, Terms terms, long ttl) {
    WorkingSet set = new WorkingSet(trace);
    return Replay.first(trace, set, terms).other(terms.with(ttl, terms.l1MaxEntries()));
  }

  /** A load at 0, hits at 0.2, 0.4 and 0.6 of the ttl. */
  private static Traced threeHits() {
    return new Traced()
        .load(0, 0, 100)
        .hit(0, Events.BELOW, 200_000)
        .hit(0, Events.BELOW, 400_000)
        .hit(0, Events.BELOW, 600_000);
  }

  @Test
  void sameTerms_giveWhatHappened() {
    Outcome now = now(threeHits().until(2_000_000), terms(true, 0));
    assertThat(now.hits()).isEqualTo(3);
    assertThat(now.reads()).isEqualTo(4);
    // 100 bytes for half of the time.
    assertThat(now.entries()).isCloseTo(0.5, within(0.01));
    assertThat(now.bytes()).isCloseTo(50, within(1.0));
  }

  @Test
  void shorterTtl_missesWhatCameLater_andLoadsItAnew() {
    Trace trace = threeHits().until(2_000_000);
    // Loaded at 0 and 400: the hit at 600 is of the second.
    assertThat(with(trace, terms(true, 0), 300_000).hits()).isEqualTo(2);
    assertThat(with(trace, terms(true, 0), 300_000).entries()).isCloseTo(0.3, within(0.01));
    assertThat(with(trace, terms(true, 0), 100_000).hits()).isZero();
  }

  @Test
  void longerTtl_hitsWhatWasAMiss_andHoldsItLonger() {
    Trace trace = threeHits().load(0, 1_500_000, 100).until(4_000_000);
    assertThat(now(trace, terms(true, 0)).hits()).isEqualTo(3);
    Outcome longer = with(trace, terms(true, 0), 2_000_000);
    assertThat(longer.hits()).isEqualTo(4);
    assertThat(longer.entries()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void invalidation_endsAnEntryWhateverItsTtl() {
    Trace trace = threeHits()
        .add(0, Events.ENDED, 700_000, 700_000, 1)
        .add(0, Events.LOADED, 700_000, 0, 100)
        .hit(0, Events.BELOW, 800_000)
        .until(2_000_000);
    assertThat(with(trace, terms(true, 0), 9_000_000).hits()).isEqualTo(4);
    assertThat(with(trace, terms(true, 0), 9_000_000).reads()).isEqualTo(6);
  }

  /** Redis has dropped it, say: that will happen with other terms too. */
  @Test
  void entryThatWasLostBelow_isLostUnderEachTtl() {
    Trace trace = threeHits().load(0, 700_000, 100).until(2_000_000);
    assertThat(now(trace, terms(true, 0)).hits()).isEqualTo(3);
    assertThat(with(trace, terms(true, 0), 9_000_000).hits()).isEqualTo(3);
  }

  @Test
  void loadThatBroughtNothing_isAMissEachTime() {
    Traced traced = new Traced();
    for (int i = 0; i < 5; i++) {
      traced.add(0, Events.MISS, i * 1_000, i * 1_000, 1);
    }
    Trace trace = traced.until(2_000_000);
    assertThat(now(trace, terms(true, 0)).hits()).isZero();
    assertThat(with(trace, terms(true, 0), 9_000_000).hits()).isZero();
  }

  @Test
  void runOfHits_losesOneForEachTimeThatTheTtlEnds() {
    // A read each 10 s for 900 s.
    Trace trace =
        new Traced().load(0, 0, 100).add(0, Events.BELOW, 10_000, 900_000, 90).until(900_000);
    assertThat(now(trace, terms(true, 0)).hits()).isEqualTo(90);
    // 0, 110, 220 … 880: eight loads after the first.
    assertThat(with(trace, terms(true, 0), 100_000).hits()).isCloseTo(82, within(1.0));
    // A ttl of half the pause: of reads that come at random one in three is in time.
    assertThat(with(trace, terms(true, 0), 5_000).hits()).isCloseTo(30, within(1.0));
  }

  @Test
  void ownTtl_staysWhatItIs() {
    Trace trace = new Traced()
        .add(0, Events.MISS, 0, 0, 1)
        .add(0, Events.LOADED, 0, 500_000, 100)
        .hit(0, Events.BELOW, 400_000)
        .until(2_000_000);
    assertThat(with(trace, terms(true, 0), 100_000).hits()).isEqualTo(1);
  }

  @Test
  void staleEntry_isServedOnce_andRefreshed() {
    Trace trace = new Traced()
        .load(0, 0, 100)
        .hit(0, Events.BELOW, 1_200_000)
        .add(0, Events.LOADED, 1_200_000, 0, 100)
        .hit(0, Events.BELOW, 2_100_000)
        .until(4_000_000);
    Terms stale = new Terms(TTL, 0, 500_000, 500_000, 0, 0, 0, true);
    assertThat(now(trace, stale).hits()).isEqualTo(2);
    assertThat(with(trace, stale, 600_000).hits()).isEqualTo(1);
  }

  @Test
  void absence_isNotServedPastItsTime_whateverValuesAre() {
    Traced traced = new Traced();
    for (long at = 0; at < 1_000_000; at += 250_000) {
      traced
          .add(0, Events.MISS, at, at, 1)
          .add(0, Events.LOADED | Events.ABSENT, at, 200_000, 10)
          .hit(0, Events.BELOW, at + 100_000);
    }
    Trace trace = traced.until(1_000_000);
    Terms stale = new Terms(TTL, 0, 500_000, 500_000, 0, 0, 0, true);
    assertThat(now(trace, stale).hits()).isEqualTo(4);
    assertThat(now(trace, stale).reads()).isEqualTo(8);
    assertThat(now(trace, stale).entries()).isCloseTo(0.8, within(0.01));
  }

  @Test
  void entryFoundBelow_isAsOldAsItSays() {
    Trace trace = new Traced()
        .add(0, Events.FOUND, 500_000, 400_000, 100)
        .hit(0, Events.BELOW, 500_000)
        .hit(0, Events.L1, 1_050_000)
        .until(2_000_000, false);
    assertThat(now(trace, terms(true, 0)).hits()).isEqualTo(2);
    Outcome shorter = with(trace, terms(true, 0), 450_000);
    // 400 old at 500, so there; 950 old at 1,050, so not.
    assertThat(shorter.hits()).isEqualTo(1);
  }

  @Test
  void firstReadOfAnOldKey_isNotCounted() {
    Trace trace = threeHits().until(2_000_000, false);
    assertThat(now(trace, terms(true, 0)).reads()).isEqualTo(3);
  }

  /** Four keys in turn: an L1 of four has them all, one of two none. */
  @Test
  void sizeOfL1_decidesWhatIsStillThere() {
    Traced traced = new Traced();
    for (int round = 0; round < 100; round++) {
      for (int key = 0; key < 4; key++) {
        traced.add(key, round == 0 ? Events.MISS : Events.L1, (round * 4L + key) * 1_000, 0, 1);
        if (round == 0) {
          traced.add(key, Events.LOADED, key * 1_000L, 0, -1);
        }
      }
    }
    Trace trace = traced.until(400_000);
    WorkingSet set = new WorkingSet(trace);
    Replay first = Replay.first(trace, set, terms(false, 4));
    assertThat(first.outcome().hits()).isEqualTo(396);
    assertThat(first.outcome().bytes()).isEqualTo(-1);
    assertThat(first.other(terms(false, 8)).hits()).isEqualTo(396);
    assertThat(first.other(terms(false, 2)).hits()).isZero();
    // With tiers below they are hits all the same, though not of L1.
    Replay shared = Replay.first(trace, set, terms(true, 4));
    assertThat(shared.other(terms(true, 2)).hits()).isEqualTo(396);
    assertThat(shared.other(terms(true, 2)).l1Hits()).isZero();
    assertThat(shared.outcome().l1Hits()).isEqualTo(396);
  }
}
