package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.Larder;
import dev.larder.manage.Advice;
import dev.larder.manage.Advice.Kind;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of advice, from traffic that deserves it, and none from traffic that does not. */
class AdviceTest {

  private static final Duration TTL = Duration.ofMinutes(5);

  private Lab lab = new Lab(Layout.L1);
  private Lab.Node node;
  private int version;

  @AfterEach
  void close() {
    lab.close();
  }

  private static CachePolicyBuilder<Long, String> policy() {
    return Lab.policy().ttl(TTL);
  }

  private void open(Layout layout, CachePolicy<Long, String> policy) {
    lab = new Lab(layout);
    node = lab.node(policy);
  }

  private Management management() {
    return node.larder.management();
  }

  private String read(long key) {
    return node.cache.get(key, id -> "v" + version + " of " + id);
  }

  private void pass(Duration time) {
    lab.scheduler.runDue();
    lab.time.advance(time);
    node.catchUp();
  }

  /** All but what is said of times, which are real here while the clock is not. */
  private List<Advice> advice() {
    return management().advise().stream()
        .filter(each -> each.kind() != Kind.COSTS_MORE)
        .toList();
  }

  private Advice only() {
    List<Advice> all = advice();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

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
  }

  /** Three reads within ten seconds, then none: what is kept for five minutes is kept in vain. */
  private void readInBursts() {
    for (long step = 0; step < 200; step++) {
      for (long key = 3 * step; key < 3 * step + 3; key++) {
        read(key);
        read(Math.max(0, key - 3));
        read(Math.max(0, key - 6));
      }
      pass(Duration.ofSeconds(5));
    }
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

  @Test
  void entriesThatNobodyReads_areNamed() {
    open(Layout.L1, policy().build());
    for (long key = 0; key < 300; key++) {
      node.cache.put(1_000_000 + key, "v");
      for (int hot = 0; hot < 6; hot++) {
        read(hot);
      }
      pass(Duration.ofSeconds(3));
    }
    assertThat(advice()).anySatisfy(advice -> {
      assertThat(advice.kind()).isEqualTo(Kind.NEVER_READ);
      assertThat(advice.sentence()).contains(" % of entries were filled and never read again");
    });
  }

  @Test
  void entriesThatAreReadOnce_areNamed() {
    open(Layout.L1, policy().build());
    for (long key = 0; key < 800; key++) {
      read(key);
      pass(Duration.ofMillis(500));
      read(key);
      pass(Duration.ofMillis(500));
    }
    assertThat(advice()).extracting(Advice::kind).contains(Kind.READ_ONCE);
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

  // ---- simulation

  @Test
  void simulate_tellsNowAndThen_andChangesNothing() {
    open(Layout.L1_L2, policy().build());
    readInBursts();
    Simulation found = management().simulate("album", Duration.ofSeconds(20), null);
    assertThat(found.sampledReads()).isEqualTo(1_800);
    assertThat(found.sampledShare()).isEqualTo(1);
    assertThat(found.windowMillis()).isBetween(995_000L, 1_005_000L);
    assertThat(found.nodes()).isEqualTo(1);
    assertThat(found.now().ttlMillis()).isEqualTo(300_000);
    assertThat(found.then().ttlMillis()).isEqualTo(20_000);
    assertThat(found.now().hitRate()).isEqualTo(found.replayedHitRate());
    assertThat(found.then().hitRate()).isEqualTo(found.now().hitRate());
    assertThat(found.then().bytes()).isLessThan(found.now().bytes() / 5);
    Simulation shortest = management().simulate("album", Duration.ofMillis(18_750), 3L);
    assertThat(shortest.then().l1MaxEntries()).isEqualTo(3);
    assertThat(shortest.then().l1HitRate()).isLessThan(shortest.now().l1HitRate());
    assertThat(node.cache.policy().ttl()).isEqualTo(TTL);
  }

  @Test
  void simulate_refusesWhatItCannotTell() {
    open(Layout.L1, policy().l1MaxWeight(1_000, (key, value) -> 1).build());
    Management management = management();
    assertThatThrownBy(() -> management.simulate("albun", TTL, null))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("no cache 'albun'");
    assertThatThrownBy(() -> management.simulate("album", null, null))
        .hasMessageContaining("neither a ttl nor a size");
    assertThatThrownBy(() -> management.simulate("album", Duration.ofSeconds(1), null))
        .hasMessageContaining("ttl: PT1S is shorter than PT18.75S");
    assertThatThrownBy(() -> management.simulate("album", Duration.ofDays(400), null))
        .hasMessageContaining("1 ms to 366 days");
    assertThatThrownBy(() -> management.simulate("album", null, 0L))
        .hasMessageContaining("size: 0 is not 1 or more");
    assertThatThrownBy(() -> management.simulate("album", null, 10L))
        .hasMessageContaining("not counted in entries");
    try (Larder empty = Larder.builder().keyPrefix("empty").build()) {
      assertThatThrownBy(() -> empty.management().simulate("album", TTL, null))
          .isInstanceOf(ManagementException.class);
    }
  }
}
