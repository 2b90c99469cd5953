package dev.larder.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.stats.CacheStats.HotKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopKeysTest {

  private final TopKeys keys = new TopKeys();

  private List<HotKey> top(long lookups) {
    return keys.top(20, lookups, String::valueOf);
  }

  @Test
  void shareOfASmallSample_isNeverMoreThanWhatWasAskedFor() {
    for (int i = 0; i < 9; i++) {
      keys.note("a");
    }
    keys.note("b");
    assertThat(top(1_100)).containsExactly(new HotKey("a", 990), new HotKey("b", 110));
  }

  @Test
  void keysBeyondTheRoom_giveTheirCountToThoseThatTakeTheirPlace() {
    for (int i = 0; i < 1_000; i++) {
      keys.note("one of many " + i);
      keys.note("hot");
    }
    List<HotKey> all = keys.top(1_000, 512_000, String::valueOf);
    assertThat(all.get(0)).isEqualTo(new HotKey("hot", 256_000));
    assertThat(all).hasSize(128);
    assertThat(all.stream().mapToLong(HotKey::requests).sum()).isCloseTo(512_000, within(128L));
  }
}
