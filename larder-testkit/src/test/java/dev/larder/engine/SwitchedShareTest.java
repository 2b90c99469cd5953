package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.Cache;
import dev.larder.Lookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One cache is switched off, or a share of the keys. */
class SwitchedShareTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node open(Layout layout) {
    lab = new Lab(layout);
    return lab.node();
  }

  @Test
  void oneCache_leavesTheOthersAlone() {
    Lab.Node node = lab.node();
    Cache<Long, String> other = node.larder.cache("other", Lab.policy().build());
    node.larder.switches().cache("album").off();
    node.get();
    other.get(Lab.KEY, lab.source::get);
    assertThat(node.isMissing()).isTrue();
    assertThat(other.get(Lab.KEY)).isInstanceOf(Lookup.Hit.class);
    assertThat(node.larder.switches().limited()).containsExactly(Map.entry("album", 0));
    node.larder.switches().cache("album").on();
    assertThat(node.larder.switches().limited()).isEmpty();
  }

  @Test
  void cacheMadeLater_obeysWhatWasSet() {
    Lab.Node node = lab.node();
    node.larder.switches().cache("later").off();
    Cache<Long, String> later = node.larder.cache("later", Lab.policy().build());
    assertThat(later.isOn(Lab.KEY)).isFalse();
    node.larder.switches().all().off();
    Cache<Long, String> last = node.larder.cache("last", Lab.policy().build());
    assertThat(last.isOn(Lab.KEY)).isFalse();
    node.larder.switches().all().on();
    assertThat(last.isOn(Lab.KEY)).isTrue();
    assertThat(later.isOn(Lab.KEY)).isFalse();
  }

  private static Set<Long> keysOn(Cache<Long, String> cache) {
    return LongStream.range(0, 10_000).boxed().filter(cache::isOn).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void percentage_isTheSameKeysEverywhere_andGrows(Layout layout) {
    Lab.Node one = open(layout);
    Lab.Node two = lab.node();
    one.larder.switches().all().percent(10);
    two.larder.switches().cache("album").percent(10);
    Set<Long> ten = keysOn(one.cache);
    assertThat(ten).hasSizeBetween(900, 1_100).isEqualTo(keysOn(two.cache));
    one.larder.switches().all().percent(50);
    assertThat(keysOn(one.cache)).hasSizeBetween(4_800, 5_200).containsAll(ten);
    one.larder.switches().cache("album").percent(10);
    assertThat(keysOn(one.cache)).isEqualTo(ten);
  }

  /** Many keys at once, some of them off: one call of the loader, each key stored or not as it should. */
  @ParameterizedTest
  @EnumSource
  void getAll_withAPercentage_storesTheKeysThatAreOn(Layout layout) {
    Lab.Node node = open(layout);
    node.larder.switches().all().percent(50);
    List<Long> keys = LongStream.range(0, 100).boxed().toList();
    AtomicInteger calls = new AtomicInteger();
    IntStream.range(0, 2).forEach(round -> {
      Map<Long, String> values = node.cache.getAll(keys, ids -> {
        calls.incrementAndGet();
        Map<Long, String> loaded = new HashMap<>();
        ids.forEach(id -> loaded.put(id, "v" + id));
        return loaded;
      });
      assertThat(values).hasSize(100).containsEntry(7L, "v7");
    });
    assertThat(calls).hasValue(2);
    long off = keys.stream().filter(key -> !node.cache.isOn(key)).count();
    assertThat(off).isBetween(30L, 70L);
    assertThat(node.cache.stats().passes()).isEqualTo(2 * off);
    assertThat(node.cache.stats().misses()).isEqualTo(100 - off);
    assertThat(node.cache.stats().hits()).isEqualTo(100 - off);
  }

  @Test
  void percentageOutOfRange_isRefused() {
    var all = lab.node().larder.switches().all();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> all.percent(101))
        .withMessageContaining("101");
    assertThatIllegalArgumentException().isThrownBy(() -> all.percent(-1));
    assertThat(all.percent()).isEqualTo(100);
  }
}
