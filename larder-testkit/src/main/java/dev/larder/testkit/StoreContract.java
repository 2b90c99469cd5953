package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.tier.Slot;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Store} does as a whole. */
public abstract class StoreContract extends Contract {

  /** For subclasses. */
  protected StoreContract() {}

  final Tier tier() {
    return store().tier();
  }

  final long filled(String key) {
    long planted = nonce();
    long nonce = nonce();
    assertThat(get(tier().plant(key, null, planted, LONG))).isTrue();
    assertThat(get(tier().fill(key, planted, new Fill(nonce, new byte[] {1}, LONG))))
        .isTrue();
    return nonce;
  }

  @Test
  void name_isGiven() {
    assertThat(store().name()).isNotBlank();
    assertThat(anotherNode().name()).isEqualTo(store().name());
  }

  @Test
  void partsAreTheSameObjectsAlways() {
    assertThat(store().tier()).isSameAs(store().tier());
    assertThat(store().log()).isSameAs(store().log());
  }

  @Test
  void invalidate_emptiesTheKeysAndAppends() {
    Position opening = opened();
    filled(key("1"));
    filled(key("2"));
    long other = filled(key("3"));
    Change change = change(Target.key(key("1")), Target.tag("x"), Target.key(key("2")));
    LogRecord record = get(store().invalidate(change, LONG));
    assertThat(record.position()).isEqualTo(opening.next());
    assertThat(record.change()).isEqualTo(change);
    assertThat(get(log().read(opening, 10))).containsExactly(record);
    assertThat(get(log().markers(List.of("tx")))).containsEntry("tx", record.position());
    assertThat(get(tier().read(key("1")))).isEqualTo(Slot.Empty.FREE);
    assertThat(get(tier().read(key("2")))).isEqualTo(Slot.Empty.FREE);
    assertThat(get(tier().read(key("3"))).nonce()).isEqualTo(other);
  }

  @Test
  void invalidate_placeholder_refusesItsFill() {
    opened();
    get(tier().plant(key("1"), 0L, 11, LONG));
    get(store().invalidate(change(Target.key(key("1"))), LONG));
    assertThat(get(tier().fill(key("1"), 11, new Fill(12, new byte[] {1}, LONG))))
        .isFalse();
    assertThat(get(tier().read(key("1")))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void invalidate_withoutKeys_leavesTheSlots() {
    opened();
    long nonce = filled(key("1"));
    get(store().invalidate(change(Target.ALL, Target.prefix(key(""))), LONG));
    assertThat(get(tier().read(key("1"))).nonce()).isEqualTo(nonce);
  }

  @Test
  void invalidate_neverOpened_fails() {
    assertThatThrownBy(() -> get(store().invalidate(change(Target.key(key("1"))), LONG)))
        .isInstanceOf(LogLostException.class);
    assertThatThrownBy(() -> get(store().invalidate(change(Target.ALL), LONG)))
        .isInstanceOf(LogLostException.class);
  }

  @Test
  void invalidate_emptiesTheSlotBeforeTheRecordIsSeen() {
    opened();
    Store reader = anotherNode();
    String key = key("1");
    for (int round = 0; round < 30; round++) {
      long nonce = filled(key);
      Position before = position(get(log().tail()));
      inParallel(2, i -> () -> {
        if (i == 0) {
          return get(store().invalidate(change(Target.key(key)), LONG));
        }
        while (get(reader.log().read(before, 1)).isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(get(reader.tier().read(key)).nonce()).isNotEqualTo(nonce);
        return nonce;
      });
    }
  }

  @Test
  void close_twice_isHarmless() {
    Store other = anotherNode();
    other.close();
    other.close();
  }
}
