package dev.larder.internal.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.internal.entry.Sealed;
import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of entries, held against traffic in which each read is known. */
class FatesTest {

  private static final long MINUTE = 60_000;
  private static final long TTL = 5 * MINUTE;
  private static final int KEYS = 40;

  private final Model.Clock clock = new Model.Clock();
  private final Model model = new Model(clock, TTL, 0);
  private final Sampler sampler = model.sampler;

  private void load(long key) {
    sampler.read(key, null, clock.nanos());
    sampler.stored(model.entry(key, "v"), false, true, 0);
  }

  private void loadAbsence(long key, long ttlMillis) {
    sampler.read(key, null, clock.nanos());
    sampler.stored(model.entry(key, Sealed.Kind.ABSENCE, null), false, true, ttlMillis);
  }

  private void hit(long key) {
    sampler.read(key, CacheTier.L1, clock.nanos());
  }

  private void invalidate(long key) {
    model.node.applyDeferred(new Change(
        Change.newNonce(false), List.of(Target.key("app:album:v1:" + key)), "test", "test", 0));
  }

  private static Terms terms(long staleMillis) {
    return new Terms(TTL, 0, staleMillis, staleMillis, 0, 0, 0, true);
  }

  private CacheTraffic.Entries entries(long staleMillis) {
    return Study.of("album", terms(staleMillis), model.trace()).with(List.of()).entries();
  }

  private CacheTraffic.Entries entries() {
    return entries(0);
  }

  @Test
  void lookupThatLoadsAnEntry_isNoReadOfIt() {
    for (long key = 0; key < KEYS; key++) {
      load(key);
      clock.advance(1_000);
    }
    clock.advance(TTL);
    assertThat(entries().ended()).isEqualTo(KEYS);
    assertThat(entries().neverRead()).isEqualTo(KEYS);
    assertThat(entries().readOnce()).isZero();
  }

  @Test
  void entryThatIsReadOnceAfterItsLoad_isReadOnce() {
    for (long key = 0; key < KEYS; key++) {
      load(key);
      clock.advance(1_000);
      hit(key);
    }
    clock.advance(TTL);
    assertThat(entries().ended()).isEqualTo(KEYS);
    assertThat(entries().neverRead()).isZero();
    assertThat(entries().readOnce()).isEqualTo(KEYS);
  }

  @Test
  void entryWhoseEndIsNotSeen_isNotCounted() {
    load(1);
    clock.advance(TTL - 1_000);
    assertThat(entries().ended()).isZero();
  }

  /** 1,520 loads, of which three in four are never read again, one in six is read once. */
  @Test
  void entriesThatInvalidationsEnd_areCountedByWhatTheyWereReadMeanwhile() {
    int never = 0;
    int once = 0;
    int loads = 1_520;
    for (int i = 0; i < loads; i++) {
      long key = i % KEYS;
      load(key);
      clock.advance(500);
      int reads = i % 12 < 9 ? 0 : i % 12 < 11 ? 1 : 3;
      never += reads == 0 ? 1 : 0;
      once += reads == 1 ? 1 : 0;
      for (int read = 0; read < reads; read++) {
        hit(key);
        clock.advance(100);
      }
      invalidate(key);
    }
    for (long key = 0; key < KEYS; key++) {
      sampler.read(key, null, clock.nanos());
    }
    assertThat(entries().ended()).isEqualTo(loads);
    assertThat(entries().neverRead()).isEqualTo(never);
    assertThat(entries().readOnce()).isEqualTo(once);
  }

  /** They end with their own time, whatever the policy allows values past theirs. */
  @Test
  void absencesThatAreLoadedAnew_wereNotReadByThat() {
    for (int round = 0; round < 10; round++) {
      for (long key = 0; key < 10; key++) {
        loadAbsence(key, MINUTE);
      }
      clock.advance(2 * MINUTE);
    }
    assertThat(entries(1_440 * MINUTE).ended()).isEqualTo(100);
    assertThat(entries(1_440 * MINUTE).neverRead()).isEqualTo(100);
    assertThat(entries(1_440 * MINUTE).readOnce()).isZero();
  }

  @Test
  void keyThatIsAskedForAfterTheEndOfItsEntry_hasNotReadIt() {
    for (int round = 0; round < 5; round++) {
      load(1);
      clock.advance(2 * TTL);
    }
    assertThat(entries().ended()).isEqualTo(5);
    assertThat(entries().neverRead()).isEqualTo(5);
  }

  /** Its lookup is told after the load that it waited for. */
  @Test
  void whoeverWaitedForTheLoad_hasNeitherReadTheEntryNorEndedIt() {
    for (long key = 0; key < KEYS; key++) {
      load(key);
      sampler.read(key, null, clock.nanos());
      clock.advance(1_000);
      hit(key);
    }
    clock.advance(TTL);
    assertThat(entries().ended()).isEqualTo(KEYS);
    assertThat(entries().readOnce()).isEqualTo(KEYS);
  }

  @Test
  void entryFoundBelow_isTheOneThatWasFilledHere_unlessAnotherHasFilledIt() {
    for (long key = 0; key < KEYS; key++) {
      load(key);
      clock.advance(5_000);
      // By the store's clock, which is not quite this one.
      sampler.found(model.entry(key, "v"), 4_980, 10, true);
      sampler.read(key, CacheTier.L2, clock.nanos());
    }
    assertThat(entries().ended()).isZero();
    for (long key = 0; key < KEYS; key++) {
      clock.advance(1_000);
      sampler.found(model.entry(key, "w"), 500, 10, true);
      sampler.read(key, CacheTier.L2, clock.nanos());
      hit(key);
    }
    assertThat(entries().ended()).isEqualTo(KEYS);
    assertThat(entries().readOnce()).isEqualTo(KEYS);
    clock.advance(2 * TTL);
    assertThat(entries().ended()).as("another's is that one's").isEqualTo(KEYS);
  }

  @Test
  void entriesThatNoLookupAskedFor_areToldFromThoseThatOneDid() {
    for (long key = 0; key < 30; key++) {
      load(key);
    }
    for (long key = 30; key < 50; key++) {
      // Written through, or loaded by a warm-up.
      sampler.stored(model.entry(key, "v"), key % 2 == 0, true, 0);
    }
    // A reader finds one that is past its time: what is loaded meanwhile is asked for.
    clock.advance(TTL + 1_000);
    hit(1);
    sampler.stored(model.entry(1, "w"), false, true, 0);
    clock.advance(TTL);
    assertThat(entries().ended()).isEqualTo(51);
    assertThat(entries().neverRead()).isEqualTo(50);
    assertThat(entries().unasked()).isEqualTo(20);
  }
}
