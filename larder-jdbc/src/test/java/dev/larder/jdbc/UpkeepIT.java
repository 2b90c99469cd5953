package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.LogRecord;
import dev.larder.log.Target;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is taken away in the course of time, and what is not. */
class UpkeepIT extends PostgresTest {

  private JdbcStore store(int retained) {
    StoreSettings settings = new StoreSettings(prefix, Duration.ofSeconds(10), retained, 10_000);
    return closing(
        JdbcStore.builder(database.pool(), settings).relayEvery(Duration.ZERO).build());
  }

  private static List<LogRecord> append(JdbcStore store, int records) {
    List<LogRecord> appended = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      appended.add(get(store.invalidate(change(Target.tag("n" + i)), LONG)));
    }
    return appended;
  }

  private static List<Long> sequences(JdbcStore store) {
    return get(store.log().read(null, 10_000)).stream()
        .map(record -> record.position().sequence())
        .toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private long rows(String table) throws Exception {
    return database.number(
        "SELECT count(*) FROM larder." + table + " WHERE key_prefix = '" + prefix + "'");
  }

  @Test
  void log_keepsTheNewest() {
    JdbcStore store = store(10);
    open(store);
    append(store, 9);
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(0, 9));
    append(store, 16);
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(16, 25));
  }

  @Test
  void log_countsAcrossEpochs() {
    JdbcStore store = store(10);
    open(store);
    LogRecord last = append(store, 20).get(19);
    get(store.log().openEpoch(last.position(), last.nonce(), 8, nonce()));
    append(store, 3);
    store.upkeep();
    List<Long> kept = new ArrayList<>(range(15, 20));
    kept.addAll(range(0, 3));
    assertThat(sequences(store)).isEqualTo(kept);
  }

  @Test
  void log_forwarding_keepsAllFromTheOldestUnforwardedOn() {
    JdbcStore store = store(5);
    open(store);
    List<LogRecord> records = append(store, 20);
    // Number 8 has not been forwarded. What follows it stays, or there would be a hole.
    List<Long> forwarded = new ArrayList<>(nonces(records));
    forwarded.remove(7);
    get(store.log().markForwarded(forwarded));
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(8, 20));
    get(store.log().markForwarded(List.of(records.get(7).nonce())));
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(16, 20));
  }

  @Test
  void log_forwardingAsSet_keepsTheUnforwarded() {
    StoreSettings settings = new StoreSettings(prefix, Duration.ofSeconds(10), 5, 10_000);
    JdbcStore store = closing(JdbcStore.builder(database.pool(), settings)
        .relayEvery(Duration.ZERO)
        .forwarding(true)
        .build());
    open(store);
    append(store, 20);
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(1, 20));
  }

  @Test
  void log_moreThanABatch_isTrimmed() throws Exception {
    JdbcStore store = store(10);
    open(store);
    database.execute(
        "INSERT INTO larder.log SELECT key_prefix, epoch, n, 5, 5, payload, now(), false"
            + " FROM larder.log, generate_series(1, 12000) n WHERE key_prefix = '" + prefix + "'");
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(11_991, 12_000));
  }

  @Test
  void slotsAndMarkers_goWhenTheyHaveExpired() throws Exception {
    JdbcStore store = store(10);
    open(store);
    get(store.invalidate(change(Target.tag("dead")), LONG));
    get(store.invalidate(change(Target.tag("alive")), LONG));
    get(store.tier().plant(key("dead"), 0L, 1, LONG));
    get(store.tier().plant(key("entry"), 0L, 1, LONG));
    get(store.tier().fill(key("entry"), 1, fill(2, "v")));
    get(store.tier().plant(key("alive"), 0L, 1, LONG));
    String expire = " SET expires_at = now() - interval '1 s' WHERE key_prefix = '" + prefix + "'";
    database.execute("UPDATE larder.marker" + expire + " AND name = 'tdead'");
    database.execute("UPDATE larder.entry" + expire + " AND slot <> '" + key("alive") + "'");
    store.upkeep();
    assertThat(rows("marker")).isOne();
    assertThat(rows("entry")).isOne();
    assertThat(get(store.log().markers(List.of("talive")))).hasSize(1);
    assertThat(get(store.tier().read(key("alive")))).isEqualTo(new Slot.Placeholder(1));
  }

  @Test
  void otherPrefixes_areLeftAlone() {
    JdbcStore other =
        closing(database.builder(prefix + "x").relayEvery(Duration.ZERO).build());
    open(other);
    append(other, 20);
    JdbcStore store = store(2);
    open(store);
    append(store, 5);
    store.upkeep();
    assertThat(sequences(store)).isEqualTo(range(4, 5));
    assertThat(sequences(other)).isEqualTo(range(0, 20));
  }

  @Test
  void notes_thatHaveEndedGo() throws Exception {
    JdbcStore store = store(10);
    get(store.board().pin("nodes", "alive", new byte[1], LONG));
    get(store.board().pin("nodes", "dead", new byte[1], LONG));
    database.execute("UPDATE larder.note SET expires_at = now() - interval '1 second'"
        + " WHERE key_prefix = '" + prefix + "' AND author = 'dead'");
    assertThat(rows("note")).isEqualTo(2);
    assertThat(get(store.board().notes("nodes"))).containsOnlyKeys("alive");
    store.upkeep();
    assertThat(rows("note")).isOne();
  }
}
