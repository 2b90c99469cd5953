package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.tier.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Texts that PostgreSQL does not hold as they are, and those that it does not hold at all. */
class HostileTextIT extends PostgresTest {

  private static String random(int length, char from, char to) {
    return new Random(5)
        .ints(length, from, to)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void keysOfAnyCharacters_areSlots() {
    JdbcStore store = quietStore();
    open(store);
    List<String> keys =
        List.of(key("\0"), key("\1"), key("\0010"), key("\ud800"), key("\udc00\ud800"), key("?"));
    for (String key : keys) {
      assertThat(get(store.tier().plantAll(Map.of(key, 1L), LONG))).containsExactly(key);
      assertThat(get(store.tier().fillAll(Map.of(key, 1L), Map.of(key, fill(2, key)))))
          .containsExactly(key);
    }
    assertThat(get(store.tier().readAll(keys)))
        .containsOnlyKeys(keys)
        .allSatisfy((key, slot) -> assertThat(slot).isInstanceOf(Slot.Filled.class));
    for (String key : keys) {
      assertThat(get(store.tier().read(key))).isInstanceOf(Slot.Filled.class);
      get(store.invalidate(change(Target.key(key)), LONG));
      assertThat(get(store.tier().read(key))).isEqualTo(Slot.Empty.FREE);
    }
  }

  @Test
  void tagsOfAnyCharactersAndLengths_haveTheirOwnMarkers() {
    JdbcStore store = quietStore();
    Position opening = open(store);
    String tooLong = random(20_000, 'a', 'z');
    List<Target> tags = List.of(
        Target.tag("\0"),
        Target.tag("\1"),
        Target.tag("\0010"),
        Target.tag("\ud800"),
        Target.tag("?"),
        Target.tag(tooLong),
        Target.tag(tooLong + "x"),
        Target.tag(random(4_000, '\u4e00', '\u9fff')));
    for (Target tag : tags) {
      Change change = change(tag);
      LogRecord record = get(store.invalidate(change, LONG));
      assertThat(record.change()).isEqualTo(change);
      assertThat(get(store.log().markers(List.of(tag.marker()))))
          .isEqualTo(Map.of(tag.marker(), record.position()));
    }
    assertThat(get(store.log().read(opening, 100)).stream()
            .map(record -> record.change().targets().get(0)))
        .isEqualTo(tags);
    List<String> names = tags.stream().map(Target::marker).toList();
    get(store.log().holdMarkers(names, LONG));
    assertThat(get(store.log().markers(names)).values())
        .hasSize(tags.size())
        .doesNotHaveDuplicates();
  }

  @Test
  void keysTooLongForAnIndex_areTheCallersFault() {
    JdbcStore store = quietStore();
    open(store);
    String key = key(random(5_000, 'a', 'z'));
    List<CompletionStage<?>> refused =
        List.of(store.tier().plant(key, 0L, 1, LONG), store.tier().plantAll(Map.of(key, 1L), LONG));
    assertThat(refused)
        .allSatisfy(stage -> assertThatThrownBy(() -> get(stage))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("postgresql"));
    // There is no such slot to delete, so this is no fault.
    get(store.invalidate(change(Target.key(key)), LONG));
  }

  @Test
  void charactersThatTheDatabaseLacks_failTheirOwnCallOnly() throws Exception {
    PostgresDatabase latin1 = closing(PostgresDatabase.latin1());
    JdbcStore store = closing(latin1.builder(prefix).relayEvery(Duration.ZERO).build());
    open(store);
    assertThatThrownBy(() -> get(store.tier().read(key("\u2713"))))
        .isInstanceOf(IllegalArgumentException.class);
    // Three changes go together into one transaction.
    Transaction other = closing(Transaction.begin(latin1)).lockLog(prefix);
    CompletionStage<LogRecord> first = store.invalidate(change(Target.tag("first")), LONG);
    awaitBlocked(latin1, 1);
    Change good = change(Target.tag("\u00e9"));
    CompletionStage<LogRecord> bad = store.invalidate(change(Target.tag("\u2713")), LONG);
    CompletionStage<LogRecord> stored = store.invalidate(good, LONG);
    other.commit();
    assertThat(get(stored).position()).isEqualTo(get(first).position().next());
    assertThatThrownBy(() -> get(bad)).isInstanceOf(IllegalArgumentException.class);
    assertThat(get(store.log().tail()).nonce()).isEqualTo(good.nonce());
    assertThat(get(store.log().markers(List.of("t\u00e9")))).hasSize(1);
  }
}
