package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.manage.Advice;
import dev.larder.manage.Advice.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of advice, from traffic that deserves it, and none from traffic that does not. */
class AdviceTest extends AdviceLab {

  /** 200 keys, each of them read every ten seconds, for a quarter of an hour. */
  private void readSteadily() {
    for (int round = 0; round < 90; round++) {
      for (long key = 0; key < 200; key++) {
        read(key);
      }
      pass(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"L1", "L1_L2"})
  void healthyTraffic_getsNone(Layout layout) {
    open(layout, policy().build());
    readSteadily();
    assertThat(advice()).isEmpty();
  }

  @Test
  void fewReads_getNone() {
    open(Layout.L1, policy().build());
    for (long key = 0; key < 150; key++) {
      read(key);
      read(key);
      pass(Duration.ofSeconds(2));
    }
    assertThat(advice()).isEmpty();
    assertThat(management().adviceReport().whyNone())
        .isEqualTo("Nothing to advise: too little is known of album (300 lookups since its sample"
            + " began 5 min ago, where advice needs 400).");
    node.larder.cache("idle", policy().build());
    assertThat(management().adviceReport().whyNone())
        .endsWith("where advice needs 400), idle (no lookup was sampled yet).");
    assertThat(management().adviceReport().of("idle").whyNone())
        .isEqualTo("Nothing to advise: too little is known of idle (no lookup was sampled yet).");
  }

  @Test
  void burstsOfReads_getAShorterTtl_withWhatItFrees() {
    open(Layout.L1_L2, policy().build());
    readInBursts();
    Advice advice = only();
    assertThat(advice.kind()).isEqualTo(Kind.TTL);
    assertThat(advice.settings()).containsOnlyKeys("ttl").containsEntry("ttl", "20s");
    assertThat(advice.lookups()).isEqualTo(1_800);
    assertThat(advice.sentence())
        .matches("album: ttl 5 min → 20 s: hit rate (\\d\\d\\.\\d) → \\1 %, \\d+(\\.\\d)? KB freed"
            + " \\(of 1,800 sampled reads, 100 % of keys, in 16 min\\)");
  }

  @Test
  void readsJustAfterTheEnd_getALongerTtl_ifValuesSeldomChange() {
    open(Layout.L1, policy().build());
    readEveryFourMinutes(false);
    Advice advice = only();
    assertThat(advice.kind()).isEqualTo(Kind.TTL);
    assertThat(advice.settings()).containsEntry("ttl", "10m");
    assertThat(advice.sentence()).contains("0 of 700 values had changed");
  }

  @Test
  void readsJustAfterTheEnd_getNoLongerTtl_ifValuesChange() {
    open(Layout.L1, policy().build());
    readEveryFourMinutes(true);
    Advice advice = only();
    assertThat(advice.kind()).isEqualTo(Kind.CHANGES_FASTER);
    assertThat(advice.settings()).isEmpty();
    assertThat(advice.sentence()).contains("700 of 700 values had changed when their ttl of 5 min");
  }

  private void readEveryFourMinutes(boolean isChanging) {
    for (int round = 0; round < 15; round++) {
      for (long key = 0; key < 100; key++) {
        read(key);
      }
      version += isChanging ? 1 : 0;
      pass(Duration.ofMinutes(4));
    }
  }

  /** What was invalidated is expected to differ. */
  @Test
  void valuesThatWereInvalidated_doNotChangeFasterThanTheirTtl() {
    open(Layout.L1_L2, policy().build());
    for (int round = 0; round < 30; round++) {
      for (long key = 0; key < 100; key++) {
        read(key);
        if (round % 5 == 4) {
          version++;
          node.larder.invalidateTags("id:" + key);
        }
      }
      pass(Duration.ofSeconds(30));
    }
    assertThat(advice()).extracting(Advice::kind).doesNotContain(Kind.CHANGES_FASTER);
  }

  @Test
  void keysThatDoNotFit_getALargerL1() {
    open(Layout.L1, policy().l1MaxEntries(100).build());
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 180; i++) {
        read(random.nextInt(180));
      }
      pass(Duration.ofSeconds(10));
    }
    Advice advice = only();
    assertThat(advice.kind()).isEqualTo(Kind.SIZE);
    assertThat(advice.settings()).containsEntry("l1-max-entries", "200");
    assertThat(advice.sentence()).contains("L1 of 100 → 200 entries: hit rate ");
  }

  @Test
  void entriesThatNobodyAsksForAgain_needNoL1ForThem() {
    open(Layout.L1, policy().l1MaxEntries(4_000).build());
    for (long step = 0; step < 600; step++) {
      for (long key = 0; key < 5; key++) {
        read(1_000_000 + 5 * step + key);
        read(key);
      }
      pass(Duration.ofSeconds(1));
    }
    assertThat(advice()).anySatisfy(advice -> {
      assertThat(advice.kind()).isEqualTo(Kind.SIZE);
      assertThat(advice.settings()).containsEntry("l1-max-entries", "500");
    });
  }

  private static final long COLD = 1_000_000;

  /** 300 entries that nobody asked for, nor reads, beside six that are read all the time. */
  private void writeInVain() {
    for (long key = 0; key < 300; key++) {
      node.cache.put(COLD + key, "v");
      for (int hot = 0; hot < 6; hot++) {
        read(hot);
      }
      pass(Duration.ofSeconds(3));
    }
  }

  private Advice only(Kind kind) {
    List<Advice> all = advice().stream().filter(each -> each.kind() == kind).toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void entriesThatNobodyAskedForNorReads_areNamed() {
    open(Layout.L1, policy().build());
    writeInVain();
    // Of the last 99 the end is not known. Each of the six had three entries.
    assertThat(only(Kind.NEVER_READ).sentence())
        .contains("album: 91.8 % of 219 entries were not read between their fill and their end")
        .contains(
            "; 201 of these 201 were written, warmed up or refreshed with nobody asking for them,"
                + " so fill fewer (");
    assertThat(only(Kind.NEVER_READ).settings()).isEmpty();
  }

  /** What it was before stays true when all begins anew. */
  @Test
  void lossOfTheLog_doesNotTakeAdviceBack() {
    open(Layout.L1_L2, policy().build());
    writeInVain();
    String before = only(Kind.NEVER_READ).sentence();
    assertThat(before).contains("201 of these 201");
    node.l2.replaceWith(lab.memory(node.l2.name(), false, 100_000));
    node.larder.invalidateTags("other");
    assertThat(node.catchUp()).isTrue();
    for (long key = 0; key < 300; key++) {
      read(COLD + key);
    }
    assertThat(only(Kind.NEVER_READ).sentence()).contains("300 of these 300");
  }

  /**
   * A hundred keys that are read every 40 s, and two more each second that nobody asks for again: their
   * entries cost room, and a ttl that gave it back would cost hits.
   */
  @Test
  void entriesThatWereAskedForOnce_areNoReasonForAdvice_whereHitsNeedTheRoom() {
    open(Layout.L1, policy().build());
    for (long second = 0; second < 1_200; second++) {
      for (long key = second % 40; key < 100; key += 40) {
        read(key);
      }
      read(COLD + 2 * second);
      read(COLD + 2 * second + 1);
      pass(Duration.ofSeconds(1));
    }
    assertThat(advice()).isEmpty();
  }

  @Test
  void entriesThatNobodyReadsAgain_areNamed_whereTheirRoomIsCheap() {
    open(Layout.L1_L2, policy().build());
    for (long step = 0; step < 200; step++) {
      for (long key = 3 * step; key < 3 * step + 3; key++) {
        read(key);
        read(COLD + key);
        read(Math.max(0, key - 3));
      }
      pass(Duration.ofSeconds(5));
    }
    Advice advice = only(Kind.NEVER_READ);
    assertThat(advice.sentence())
        .contains(" entries were not read between their fill and their end; that costs room and no"
            + " time, and a ttl of 20 s, as advised, frees some (");
    assertThat(advice.settings()).containsExactly(Map.entry("ttl", "20s"));
  }

  @Test
  void entriesThatAreReadOnce_areNamed_andThoseThatAreLoadedOnceAreNot() {
    open(Layout.L1, policy().build());
    for (long key = 0; key < 800; key++) {
      read(key);
      pass(Duration.ofMillis(500));
      read(key);
      pass(Duration.ofMillis(500));
    }
    assertThat(only(Kind.READ_ONCE).sentence())
        .contains("album: 100 % of 501 entries were read once between their fill and their end;"
            + " that costs room and no time, and a ttl of 20 s, as advised, frees some (");
    assertThat(only(Kind.READ_ONCE).settings()).containsEntry("ttl", "20s");
  }

  /** Ends that come before the time are seen first, and are not those of most entries. */
  @Test
  void entriesThatEnd_areNotJudged_beforeOneTtlIsOver() {
    open(Layout.L1, policy().build());
    for (long key = 0; key < 500; key++) {
      node.cache.put(key % 150, "v");
      read(COLD);
      pass(Duration.ofMillis(500));
    }
    assertThat(advice()).isEmpty();
    assertThat(management().adviceReport().whyNone())
        .isEqualTo(
            "Nothing to advise: too little is known of album (500 lookups since its sample"
                + " began 4 min ago, where advice on ttl, size and unread entries needs one ttl, 5 min).");
  }

  // ---- what a cache costs

  private List<Advice> tooDear() {
    return management().advise().stream()
        .filter(each -> each.kind() == Kind.COSTS_MORE)
        .toList();
  }

  /** Loads take next to no time here, so each miss costs more than it. */
  @Test
  void cacheThatCostsMoreThanItSaves_isNamed_afterTenMinutesOfLookups() {
    open(Layout.L1_L2, policy().build());
    pass(Duration.ofMinutes(20));
    for (long key = 0; key < 1_200; key++) {
      read(key);
      pass(Duration.ofMillis(400));
    }
    assertThat(tooDear()).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(tooDear())
        .singleElement()
        .satisfies(advice ->
            assertThat(advice.sentence()).contains("more than it saved, so leave it out"));
  }

  @Test
  void largeValues_areNamed() {
    open(Layout.L1_L2, policy().compressAbove(0).build());
    readSteadily();
    node.cache.get(1_000_000L, id -> "x".repeat(1_200_000));
    assertThat(advice()).anySatisfy(advice -> {
      assertThat(advice.kind()).isEqualTo(Kind.TOO_BIG);
      assertThat(advice.sentence()).contains("values are larger than 1.0 MB, the largest 1.2 MB");
    });
  }

  @Test
  void entriesWithoutTags_areNamed_unlessTheyAreInvalidated() {
    open(
        Layout.L1_L2,
        CachePolicy.of(Long.class, String.class).ttl(TTL).jitter(0).build());
    readSteadily();
    Advice advice = only();
    assertThat(advice.kind()).isEqualTo(Kind.NO_TAGS);
    assertThat(advice.sentence()).contains("only time ends them", "up to 5 min");
    node.cache.invalidate(7L);
    assertThat(advice()).isEmpty();
  }

  @Test
  void keysWithARandomId_areALeak_unlessTheyAreAskedForAgain() {
    open(Layout.L1, policy().build());
    CachePolicy<String, String> policy = CachePolicy.of(String.class, String.class)
        .ttl(TTL)
        .keyTags(key -> List.of("search"))
        .build();
    Cache<String, String> leaking = node.larder.cache("search", policy);
    Cache<String, String> stable = node.larder.cache("document", policy);
    for (long i = 0; i < 3_000; i++) {
      leaking.get(id(i), key -> "found");
      stable.get(id(i % 20), key -> "text");
      pass(Duration.ofMillis(500));
    }
    List<Advice> all = advice();
    assertThat(all).filteredOn(each -> each.cache().equals("search")).anySatisfy(advice -> {
      assertThat(advice.kind()).isEqualTo(Kind.VOLATILE_KEY);
      assertThat(advice.sentence()).contains("a time or a random id in them").doesNotContain(id(7));
    });
    assertThat(all).extracting(Advice::cache).doesNotContain("document");
    assertThat(all).extracting(Advice::kind).doesNotContain(Kind.NEVER_READ);
  }

  private static String id(long number) {
    return new UUID(0x123456789abc4defL, number).toString();
  }
}
