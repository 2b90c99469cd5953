package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Tier} does. A tier whose slots others can write extends {@link
 * ForeignBytesContract}.
 */
public abstract class TierContract extends TierReadContract {

  private static final int MANY = 1_000;
  private static final int RACES = 200;

  /** For subclasses. */
  protected TierContract() {}

  private boolean isEmpty(String key) {
    return read(key) instanceof Slot.Empty;
  }

  private List<String> manyKeys() {
    return IntStream.range(0, MANY).mapToObj(i -> key("many:" + i)).toList();
  }

  // Planting

  @Test
  void plant_expectNothing_refusesWhatIsThere() {
    long nonce = planted(key("placeholder"));
    assertThat(get(tier().plant(key("placeholder"), 0L, nonce(), LONG))).isFalse();
    assertThat(read(key("placeholder"))).isEqualTo(new Slot.Placeholder(nonce));

    long entry = filled(key("entry"), "body");
    assertThat(get(tier().plant(key("entry"), 0L, nonce(), LONG))).isFalse();
    assertThat(read(key("entry")).nonce()).isEqualTo(entry);
  }

  @Test
  void plant_expectNonce_replacesPlaceholderAndEntry() {
    long planted = planted(key("placeholder"));
    long filled = filled(key("entry"), "body");
    assertThat(get(tier().plant(key("placeholder"), planted, 11, LONG))).isTrue();
    assertThat(get(tier().plant(key("entry"), filled, 12, LONG))).isTrue();
    assertThat(read(key("placeholder"))).isEqualTo(new Slot.Placeholder(11));
    assertThat(read(key("entry"))).isEqualTo(new Slot.Placeholder(12));
  }

  @Test
  void plant_expectNonce_refusesAnotherAndNone() {
    long filled = filled(key("entry"), "body");
    assertThat(get(tier().plant(key("entry"), filled ^ 2, nonce(), LONG))).isFalse();
    assertThat(get(tier().plant(key("nothing"), filled, nonce(), LONG))).isFalse();
    assertThat(body(read(key("entry")))).isEqualTo(bytes("body"));
    assertThat(read(key("nothing"))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void plant_expectAnything_replacesWhateverIsThere() {
    planted(key("placeholder"));
    filled(key("entry"), "body");
    for (String ending : List.of("placeholder", "entry", "nothing")) {
      assertThat(get(tier().plant(key(ending), null, 13, LONG))).isTrue();
      assertThat(read(key(ending))).isEqualTo(new Slot.Placeholder(13));
    }
  }

  @Test
  void plant_lifeOver_isFreeAgain() {
    assertThat(get(tier().plant(key("1"), 0L, 11, shortLife()))).isTrue();
    eventually(shortLife(), () -> isEmpty(key("1")));
    assertThat(get(tier().fill(key("1"), 11, new Fill(nonce(), bytes("late"), LONG))))
        .isFalse();
    assertThat(get(tier().touch(key("1"), 11, LONG))).isFalse();
    assertThat(get(tier().release(key("1"), 11))).isFalse();
    assertThat(get(tier().plant(key("1"), 0L, 12, LONG))).isTrue();
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(12));
  }

  @Test
  void plant_overEntry_takesThePlaceholdersLife() {
    long filled = filled(key("1"), "body");
    assertThat(get(tier().plant(key("1"), filled, 11, shortLife()))).isTrue();
    eventually(shortLife(), () -> isEmpty(key("1")));
  }

  @Test
  void plant_race_hasOneWinner() {
    List<List<Boolean>> rounds =
        races(RACES, 3, (round, i) -> tier().plant(key("race:" + round), 0L, i + 1, LONG));
    for (int round = 0; round < RACES; round++) {
      List<Boolean> planted = rounds.get(round);
      assertThat(planted).containsOnlyOnce(true);
      assertThat(read(key("race:" + round)))
          .isEqualTo(new Slot.Placeholder(planted.indexOf(true) + 1));
    }
  }

  @Test
  void plantAll_plantsFreeSlotsOnly() {
    long filled = filled(key("entry"), "body");
    long planted = planted(key("placeholder"));
    Map<String, Long> nonces = new HashMap<>();
    for (String ending : List.of("entry", "placeholder", "free:1", "free:2")) {
      nonces.put(key(ending), nonce());
    }
    assertThat(get(tier().plantAll(nonces, LONG)))
        .containsExactlyInAnyOrder(key("free:1"), key("free:2"));
    assertThat(read(key("entry")).nonce()).isEqualTo(filled);
    assertThat(read(key("placeholder")).nonce()).isEqualTo(planted);
    for (String ending : List.of("free:1", "free:2")) {
      assertThat(read(key(ending))).isEqualTo(new Slot.Placeholder(at(nonces, key(ending))));
    }
  }

  @Test
  void plantAll_lifeOver_isFreeAgain() {
    get(tier().plantAll(Map.of(key("1"), 11L, key("2"), 12L), shortLife()));
    eventually(shortLife(), () -> isEmpty(key("1")) && isEmpty(key("2")));
  }

  // Filling

  @Test
  void fill_expectPlaceholder_storesEntry() {
    long planted = planted(key("1"));
    assertThat(get(tier().fill(key("1"), planted, new Fill(11, bytes("v1"), LONG))))
        .isTrue();
    assertThat(read(key("1")).nonce()).isEqualTo(11);
    assertThat(body(read(key("1")))).isEqualTo(bytes("v1"));
  }

  @Test
  void fill_expectEntry_replacesIt() {
    long filled = filled(key("1"), "v1");
    assertThat(get(tier().fill(key("1"), filled, new Fill(11, bytes("v2"), LONG))))
        .isTrue();
    assertThat(read(key("1")).nonce()).isEqualTo(11);
    assertThat(body(read(key("1")))).isEqualTo(bytes("v2"));
  }

  @Test
  void fill_anotherNonce_refuses() {
    long planted = planted(key("placeholder"));
    long filled = filled(key("entry"), "v1");
    Fill late = new Fill(nonce(), bytes("late"), LONG);
    for (long wrong : new long[] {0, planted ^ 1, filled ^ 1, planted ^ 1L << 63}) {
      assertThat(get(tier().fill(key("placeholder"), wrong, late))).isFalse();
      assertThat(get(tier().fill(key("entry"), wrong, late))).isFalse();
    }
    assertThat(read(key("placeholder"))).isEqualTo(new Slot.Placeholder(planted));
    assertThat(body(read(key("entry")))).isEqualTo(bytes("v1"));
  }

  @Test
  void fill_emptySlot_refuses() {
    Fill late = new Fill(nonce(), bytes("late"), LONG);
    assertThat(get(tier().fill(key("1"), 11, late))).isFalse();
    assertThat(get(tier().fill(key("1"), 0, late))).isFalse();
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void fill_afterDelete_refuses() {
    long planted = planted(key("1"));
    get(tier().delete(List.of(key("1"))));
    assertThat(get(tier().fill(key("1"), planted, new Fill(nonce(), bytes("late"), LONG))))
        .isFalse();
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void fill_afterDeleteAndNewPlaceholder_refuses() {
    long first = planted(key("1"));
    get(tier().delete(List.of(key("1"))));
    long second = planted(key("1"));
    assertThat(get(tier().fill(key("1"), first, new Fill(nonce(), bytes("late"), LONG))))
        .isFalse();
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(second));
  }

  @Test
  void fill_lifeOver_isGone() {
    long planted = planted(key("1"));
    get(tier().fill(key("1"), planted, new Fill(11, bytes("v"), shortLife())));
    eventually(shortLife(), () -> isEmpty(key("1")));
    assertThat(get(tier().readAll(List.of(key("1"))))).containsEntry(key("1"), Slot.Empty.FREE);
    assertThat(get(tier().fill(key("1"), 11, new Fill(12, bytes("v"), LONG)))).isFalse();
    assertThat(get(tier().plant(key("1"), 0L, 13, LONG))).isTrue();
  }

  @Test
  void fill_outlivesThePlaceholder() {
    long nonce = nonce();
    assertThat(get(tier().plant(key("1"), 0L, nonce, shortLife().multipliedBy(2))))
        .isTrue();
    boolean inTime = get(tier().fill(key("1"), nonce, new Fill(11, bytes("v"), LONG)));
    assumeTrue(inTime, "the machine was too slow: the placeholder's life was over");
    elapse(shortLife().multipliedBy(2));
    assertThat(read(key("1")).nonce()).isEqualTo(11);
  }

  @Test
  void fill_race_hasOneWinner() {
    for (int round = 0; round < RACES; round++) {
      get(tier().plant(key("race:" + round), 0L, 77, LONG));
    }
    List<List<Boolean>> rounds = races(
        RACES,
        3,
        (round, i) -> tier().fill(key("race:" + round), 77, new Fill(i + 1, bytes("v" + i), LONG)));
    for (int round = 0; round < RACES; round++) {
      List<Boolean> stored = rounds.get(round);
      assertThat(stored).containsOnlyOnce(true);
      int winner = stored.indexOf(true);
      assertThat(read(key("race:" + round)).nonce()).isEqualTo(winner + 1);
      assertThat(body(read(key("race:" + round)))).isEqualTo(bytes("v" + winner));
    }
  }

  @Test
  void fillAll_storesWhereTheNonceStands() {
    long planted = planted(key("placeholder"));
    long filled = filled(key("entry"), "v1");
    long changed = filled(key("changed"), "v1");
    Map<String, Long> expected = Map.of(
        key("placeholder"),
        planted,
        key("entry"),
        filled,
        key("changed"),
        changed ^ 1,
        key("nothing"),
        nonce());
    Map<String, Fill> fills = expected.keySet().stream()
        .collect(Collectors.toMap(k -> k, k -> new Fill(nonce(), bytes("new " + k), LONG)));
    assertThat(get(tier().fillAll(expected, fills)))
        .containsExactlyInAnyOrder(key("placeholder"), key("entry"));
    for (String ending : List.of("placeholder", "entry")) {
      assertThat(read(key(ending)).nonce()).isEqualTo(at(fills, key(ending)).nonce());
      assertThat(body(read(key(ending)))).isEqualTo(bytes("new " + key(ending)));
    }
    assertThat(body(read(key("changed")))).isEqualTo(bytes("v1"));
    assertThat(read(key("nothing"))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void fillAll_livesAreTheEntries() {
    Map<String, Long> expected = Map.of(key("1"), planted(key("1")), key("2"), planted(key("2")));
    Map<String, Fill> fills = Map.of(
        key("1"), new Fill(11, bytes("short"), shortLife()),
        key("2"), new Fill(12, bytes("long"), LONG));
    assertThat(get(tier().fillAll(expected, fills))).hasSize(2);
    eventually(shortLife(), () -> isEmpty(key("1")));
    assertThat(read(key("2")).nonce()).isEqualTo(12);
  }

  @Test
  void manyKeys_goThroughInOneCall() {
    List<String> keys = manyKeys();
    Map<String, Long> nonces =
        keys.stream().collect(Collectors.toMap(k -> k, k -> (long) k.hashCode() << 1 | 1));
    Map<String, Fill> fills = new HashMap<>();
    keys.forEach(key -> fills.put(key, new Fill(nonce(), bytes(key), LONG)));

    assertThat(get(tier().plantAll(nonces, LONG))).hasSize(MANY).containsAll(keys);
    assertThat(get(tier().fillAll(nonces, fills))).hasSize(MANY).containsAll(keys);
    Map<String, Slot> slots = get(tier().readAll(keys));
    assertThat(slots).hasSize(MANY);
    slots.forEach((key, slot) -> assertThat(body(slot)).isEqualTo(bytes(key)));
    get(tier().delete(keys));
    assertThat(get(tier().readAll(keys)).values()).containsOnly(Slot.Empty.FREE);
  }

  // Emptying and touching

  @Test
  void release_expectedNonce_emptiesTheSlot() {
    assertThat(get(tier().release(key("1"), planted(key("1"))))).isTrue();
    assertThat(get(tier().release(key("2"), filled(key("2"), "v")))).isTrue();
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FREE);
    assertThat(read(key("2"))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void release_anotherNonce_leavesTheSlot() {
    long planted = planted(key("1"));
    assertThat(get(tier().release(key("1"), planted ^ 1))).isFalse();
    assertThat(get(tier().release(key("1"), 0))).isFalse();
    assertThat(get(tier().release(key("nothing"), planted))).isFalse();
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(planted));
  }

  @Test
  void release_afterFill_leavesTheEntry() {
    long planted = planted(key("1"));
    get(tier().fill(key("1"), planted, new Fill(11, bytes("v"), LONG)));
    assertThat(get(tier().release(key("1"), planted))).isFalse();
    assertThat(read(key("1")).nonce()).isEqualTo(11);
  }

  @Test
  void delete_emptiesWhateverIsThere() {
    planted(key("placeholder"));
    filled(key("entry"), "v");
    long other = filled(key("other"), "v");
    get(tier().delete(List.of(key("placeholder"), key("entry"), key("nothing"), key("entry"))));
    assertThat(read(key("placeholder"))).isEqualTo(Slot.Empty.FREE);
    assertThat(read(key("entry"))).isEqualTo(Slot.Empty.FREE);
    assertThat(read(key("other")).nonce()).isEqualTo(other);
    assertThat(get(tier().plant(key("entry"), 0L, nonce(), LONG))).isTrue();
  }

  @Test
  void touch_longer_outlivesTheOldLife() {
    long planted = planted(key("1"));
    get(tier().fill(key("1"), planted, new Fill(11, bytes("v"), shortLife().multipliedBy(2))));
    assumeTrue(
        get(tier().touch(key("1"), 11, LONG)),
        "the machine was too slow: the entry's life was over");
    elapse(shortLife().multipliedBy(2));
    assertThat(read(key("1")).nonce()).isEqualTo(11);
    assertThat(body(read(key("1")))).isEqualTo(bytes("v"));
  }

  @Test
  void touch_shorter_endsTheOldLife() {
    long filled = filled(key("1"), "v");
    assertThat(get(tier().touch(key("1"), filled, shortLife()))).isTrue();
    eventually(shortLife(), () -> isEmpty(key("1")));
  }

  @Test
  void touch_anotherNonce_leavesTheLife() {
    long filled = filled(key("1"), "v");
    assertThat(get(tier().touch(key("1"), filled ^ 1, shortLife()))).isFalse();
    assertThat(get(tier().touch(key("nothing"), filled, LONG))).isFalse();
    elapse(shortLife());
    assertThat(read(key("1")).nonce()).isEqualTo(filled);
    assertThat(read(key("nothing"))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void nodes_shareTheSlots() {
    Tier other = anotherNode().tier();
    long planted = planted(key("1"));
    assertThat(get(other.read(key("1")))).isEqualTo(new Slot.Placeholder(planted));
    assertThat(get(other.fill(key("1"), planted, new Fill(11, bytes("v"), LONG))))
        .isTrue();
    assertThat(get(tier().fill(key("1"), planted, new Fill(12, bytes("w"), LONG))))
        .isFalse();
    assertThat(body(read(key("1")))).isEqualTo(bytes("v"));
  }

  @Test
  void raceOfAllChanges_hasOneWinner() {
    for (int round = 0; round < RACES; round++) {
      get(tier().plant(key("race:" + round), 0L, 77, LONG));
    }
    List<List<Boolean>> rounds = races(RACES, 3, (round, i) -> {
      String key = key("race:" + round);
      return switch ((round + i) % 3) {
        case 0 -> tier().fill(key, 77, new Fill(i + 1, bytes("v" + i), LONG));
        case 1 -> tier().release(key, 77);
        default -> tier().plant(key, 77L, i + 1, LONG);
      };
    });
    for (int round = 0; round < RACES; round++) {
      List<Boolean> done = rounds.get(round);
      assertThat(done).containsOnlyOnce(true);
      int winner = done.indexOf(true);
      boolean released = (round + winner) % 3 == 1;
      assertThat(read(key("race:" + round)).nonce()).isEqualTo(released ? 0 : winner + 1);
    }
  }
}
