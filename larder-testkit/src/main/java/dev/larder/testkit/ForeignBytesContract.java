package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier.Fill;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a tier does about bytes in its slots that no Larder wrote. */
public abstract class ForeignBytesContract extends TierContract {

  /** For subclasses. */
  protected ForeignBytesContract() {}

  /** Puts something into a slot that no Larder would, as another program might. */
  protected abstract void putForeign(String key);

  @Test
  void foreign_readsAsEmptyButNotFree() {
    putForeign(key("1"));
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FOREIGN);
    assertThat(get(tier().readAll(List.of(key("1"), key("2")))))
        .isEqualTo(Map.of(key("1"), Slot.Empty.FOREIGN, key("2"), Slot.Empty.FREE));
  }

  @Test
  void foreign_plantExpectingNothing_replaces() {
    putForeign(key("1"));
    assertThat(get(tier().plant(key("1"), 0L, 11, LONG))).isTrue();
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(11));
  }

  @Test
  void foreign_plantAll_replaces() {
    putForeign(key("1"));
    assertThat(get(tier().plantAll(Map.of(key("1"), 11L, key("2"), 12L), LONG)))
        .containsExactlyInAnyOrder(key("1"), key("2"));
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(11));
  }

  @Test
  void foreign_plantExpectingAnything_replaces() {
    putForeign(key("1"));
    assertThat(get(tier().plant(key("1"), null, 11, LONG))).isTrue();
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(11));
  }

  @Test
  void foreign_changesThatExpectANonce_areRefused() {
    putForeign(key("1"));
    Fill fill = new Fill(12, bytes("v"), LONG);
    for (long expected : new long[] {0, 11}) {
      assertThat(get(tier().fill(key("1"), expected, fill))).isFalse();
      assertThat(get(tier().fillAll(Map.of(key("1"), expected), Map.of(key("1"), fill))))
          .isEmpty();
      assertThat(get(tier().release(key("1"), expected))).isFalse();
      assertThat(get(tier().touch(key("1"), expected, LONG))).isFalse();
    }
    assertThat(get(tier().plant(key("1"), 11L, 12, LONG))).isFalse();
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FOREIGN);
  }

  @Test
  void foreign_delete_empties() {
    putForeign(key("1"));
    get(tier().delete(List.of(key("1"))));
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FREE);
  }
}
