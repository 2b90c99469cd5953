package dev.larder.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.stats.CacheStats.HotKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopKeysTest {

  private static final int ROOM = 128;

  private final TopKeys keys = new TopKeys();

  private List<HotKey> top(long lookups) {
    return keys.top(20, lookups, String::valueOf);
  }

  private List<HotKey> likely(int limit, long lookups) {
    return keys.likely(limit, lookups, String::valueOf);
  }

  private void note(String key, int times) {
    for (int i = 0; i < times; i++) {
      keys.note(key);
    }
  }

  @Test
  void shareOfASmallSample_isNeverMoreThanWhatWasAskedFor() {
    note("a", 9);
    note("b", 1);
    assertThat(top(1_100)).containsExactly(new HotKey("a", 990));
    assertThat(likely(20, 1_100)).containsExactly(new HotKey("a", 990), new HotKey("b", 110));
  }

  /** They were once told as hot, each with 256 lookups. */
  @Test
  void keysSeenByChance_areNotTold_butGivenToWarmUps() {
    for (int i = 0; i < 40; i++) {
      note("read once or twice " + i, 1 + i % 3);
    }
    assertThat(top(20_000)).isEmpty();
    assertThat(likely(1_000, 20_000)).hasSize(40);
    note("hot", 3);
    assertThat(top(20_000)).isEmpty();
    note("hot", 1);
    assertThat(top(20_000)).extracting(HotKey::key).containsExactly("hot");
  }

  @Test
  void keysBeyondTheRoom_giveTheirCountToThoseThatTakeTheirPlace() {
    for (int i = 0; i < 1_000; i++) {
      keys.note("one of many " + i);
      keys.note("hot");
    }
    List<HotKey> all = likely(1_000, 512_000);
    assertThat(all.get(0)).isEqualTo(new HotKey("hot", 256_000));
    assertThat(all).hasSize(ROOM);
    assertThat(all.stream().mapToLong(HotKey::requests).sum()).isCloseTo(512_000, within(128L));
    assertThat(top(512_000)).containsExactly(new HotKey("hot", 256_000));
  }

  @Test
  void whatAKeyInherited_isNotItsOwn() {
    for (int i = 0; i < ROOM; i++) {
      note("hot " + i, 10);
    }
    note("late", 3);
    long lookups = 256L * (ROOM * 10 + 4);
    assertThat(likely(1, lookups)).extracting(HotKey::key).containsExactly("late");
    assertThat(keys.top(ROOM, lookups, String::valueOf))
        .hasSize(ROOM - 1)
        .extracting(HotKey::key)
        .doesNotContain("late");
    note("late", 1);
    assertThat(keys.top(ROOM, lookups, String::valueOf))
        .hasSize(ROOM)
        .endsWith(new HotKey("late", 4 * 256))
        .startsWith(new HotKey("hot 1", 10 * 256));
  }
}
