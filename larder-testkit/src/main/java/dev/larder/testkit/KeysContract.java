package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import dev.larder.tier.Tier.KeyPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How the keys of every {@link Tier} are stepped through. */
public abstract class KeysContract extends Contract {

  /** No test has so many keys; a walk of more steps goes in circles. */
  private static final int MOST_STEPS = 20_000;

  /** For subclasses. */
  protected KeysContract() {}

  private Tier tier() {
    return store().tier();
  }

  /** As {@link #key}, all in one cache, so that keys begin as their endings do. */
  private String near(String ending) {
    return key("") + ending;
  }

  private void plant(String... keys) {
    Map<String, Long> nonces = new HashMap<>();
    for (String key : keys) {
      nonces.put(key, nonce());
    }
    get(tier().plantAll(nonces, LONG));
  }

  private List<KeyPage> pages(String keyPrefix, String contains, int limit) {
    List<KeyPage> pages = new ArrayList<>();
    String cursor = "";
    do {
      KeyPage page = get(tier().keys(keyPrefix, contains, cursor, limit));
      pages.add(page);
      cursor = page.next();
      assertThat(pages).hasSizeLessThan(MOST_STEPS);
    } while (!cursor.isEmpty());
    return pages;
  }

  private Set<String> keys(String keyPrefix, String contains, int limit) {
    Set<String> keys = new TreeSet<>();
    pages(keyPrefix, contains, limit).forEach(page -> keys.addAll(page.keys()));
    return keys;
  }

  @Test
  void keys_nothingThere_none() {
    assertThat(keys(keyPrefix() + ":", "", 100)).isEmpty();
  }

  @Test
  void keys_haveEntriesAndPlaceholders() {
    plant(key("placeholder"), key("entry"));
    long planted = get(tier().read(key("entry"))).nonce();
    get(tier().fill(key("entry"), planted, new Fill(nonce(), new byte[] {1}, LONG)));
    assertThat(keys(keyPrefix() + ":", "", 100))
        .containsExactlyInAnyOrder(key("placeholder"), key("entry"));
  }

  @Test
  void keys_belowThePrefixOnly() {
    plant(near("a:1"), near("a:2"), near("ab"), near("b"), near("a"));
    assertThat(keys(near("a:"), "", 100)).containsExactlyInAnyOrder(near("a:1"), near("a:2"));
    assertThat(keys(near("a"), "", 100))
        .containsExactlyInAnyOrder(near("a"), near("a:1"), near("a:2"), near("ab"));
    Tier other = stranger().tier();
    get(other.plant(near("a:3").replaceFirst(keyPrefix(), keyPrefix() + "x"), 0L, nonce(), LONG));
    assertThat(keys(keyPrefix() + ":", "", 100)).hasSize(5);
  }

  @Test
  void keys_thatContainAText() {
    plant(near("apple"), near("pineapple"), near("pear"));
    assertThat(keys(keyPrefix() + ":", "apple", 100))
        .containsExactlyInAnyOrder(near("apple"), near("pineapple"));
    assertThat(keys(keyPrefix() + ":", "APPLE", 100)).isEmpty();
    assertThat(keys(keyPrefix() + ":", keyPrefix(), 100)).hasSize(3);
    assertThat(keys(near("pine"), "neapp", 100)).containsExactly(near("pineapple"));
  }

  @Test
  void keys_textsMeanWhatTheySay() {
    List<String> all = hostileTexts().map(text -> near("t:" + text)).toList();
    plant(all.toArray(String[]::new));
    assertThat(keys(keyPrefix() + ":", "", 100)).containsExactlyInAnyOrderElementsOf(all);
    hostileTexts().forEach(text -> {
      assertThat(keys(keyPrefix() + ":", text, 100))
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(key -> key.contains(text)).toList());
      assertThat(keys(near("t:" + text), "", 100))
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(key -> key.startsWith(near("t:" + text))).toList());
    });
  }

  @Test
  void keys_inSmallSteps_areAllThere() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(key("many:" + i));
    }
    plant(all.toArray(String[]::new));
    List<KeyPage> pages = pages(keyPrefix() + ":", "", 20);
    assertThat(pages).hasSizeGreaterThan(5);
    Set<String> keys = new TreeSet<>();
    pages.forEach(page -> keys.addAll(page.keys()));
    assertThat(keys).containsExactlyInAnyOrderElementsOf(all);
    assertThat(keys(keyPrefix() + ":", "many:49", 20)).hasSize(11);
    assertThat(keys(keyPrefix() + ":", "", KeyPage.MOST)).hasSize(500);
  }

  @Test
  void keys_stepsOfOne_end() {
    plant(key("1"), key("2"), key("3"));
    assertThat(keys(keyPrefix() + ":", "", 1))
        .containsExactlyInAnyOrder(key("1"), key("2"), key("3"));
  }

  @Test
  void keys_thatComeAndGoMeanwhile_hideNoOthers() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(key("stay:" + i));
    }
    plant(all.toArray(String[]::new));
    Set<String> seen = new TreeSet<>();
    String cursor = "";
    int step = 0;
    do {
      KeyPage page = get(tier().keys(keyPrefix() + ":", "", cursor, 10));
      seen.addAll(page.keys());
      cursor = page.next();
      plant(key("stay:come" + step), key("a" + step), key("z" + step));
      get(tier().delete(List.of(key("stay:come" + (step - 1)))));
      assertThat(++step).isLessThan(MOST_STEPS);
    } while (!cursor.isEmpty());
    assertThat(seen).containsAll(all);
  }

  @Test
  void keys_lifeOver_areNoneAnyMore() {
    get(tier().plant(key("goes"), 0L, nonce(), shortLife()));
    plant(key("stays"));
    assertThat(keys(keyPrefix() + ":", "", 100)).contains(key("stays"));
    eventually(shortLife(), () -> !keys(keyPrefix() + ":", "", 100).contains(key("goes")));
    assertThat(keys(keyPrefix() + ":", "", 100)).containsExactly(key("stays"));
  }

  @Test
  void keys_otherLimits_areRefused() {
    for (int limit : new int[] {-1, 0, KeyPage.MOST + 1}) {
      assertThatThrownBy(() -> get(tier().keys(keyPrefix(), "", "", limit)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(limit))
          .hasMessageContaining("10000");
    }
  }
}
