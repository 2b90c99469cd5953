package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.tier.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Invalidations in the application's transactions, and who gives them positions. */
class OutboxIT extends PostgresTest {

  private final JdbcStore store = quietStore();

  private Transaction write(Change... changes) throws SQLException {
    Transaction transaction = closing(Transaction.begin(database));
    for (Change change : changes) {
      store.outbox().write(transaction.connection(), change);
    }
    return transaction;
  }

  private long waiting() throws SQLException {
    return database.number(
        "SELECT count(*) FROM larder.outbox WHERE key_prefix = '" + prefix + "'");
  }

  private static LogRecord relayed(JdbcStore store, Change change) {
    return get(store.outbox().relayNow(change.nonce())).orElseThrow();
  }

  @Test
  void commitOrderAgainstIdOrder_positionsFollowCommits() throws Exception {
    Position opening = open(store);
    Change first = change(Target.tag("first"));
    Change second = change(Target.tag("second"));
    Transaction one = write(first);
    Transaction two = write(second);
    String id = "SELECT id FROM larder.outbox WHERE nonce = ";
    assertThat(one.number(id + first.nonce())).isLessThan(two.number(id + second.nonce()));

    two.commit();
    LogRecord ofSecond = relayed(store, second);
    assertThat(ofSecond.position()).isEqualTo(opening.next());
    List<LogRecord> read = get(store.log().read(opening, 10));
    assertThat(read).containsExactly(ofSecond);

    one.commit();
    LogRecord ofFirst = relayed(store, first);
    assertThat(ofFirst.position()).isEqualTo(ofSecond.position().next());
    // A follower that went on from what it had read does not miss it.
    assertThat(get(store.log().read(read.get(0).position(), 10))).containsExactly(ofFirst);
  }

  @Test
  void rollback_leavesNothing() throws Exception {
    Position opening = open(store);
    Change change = change(Target.tag("x"));
    write(change).rollback();
    assertThat(get(store.outbox().relayNow(change.nonce()))).isEmpty();
    assertThat(waiting()).isZero();
    assertThat(get(store.log().tail()).position()).isEqualTo(opening);
  }

  @Test
  void uncommitted_isNotRelayed() throws Exception {
    Position opening = open(store);
    Change change = change(Target.tag("x"));
    Transaction transaction = write(change);
    assertThat(get(store.outbox().relayNow(change.nonce()))).isEmpty();
    assertThat(get(store.log().tail()).position()).isEqualTo(opening);
    transaction.commit();
    assertThat(relayed(store, change).position()).isEqualTo(opening.next());
  }

  @Test
  void relayed_isTheChangeAsWritten() throws Exception {
    Position opening = open(store);
    Change change = change(
        Target.key(key("1")),
        Target.tag("line\nfeed \\ \"quote\" 'single' {a,b} ✓"),
        Target.prefix(key("")),
        Target.ALL);
    write(change).commit();
    LogRecord record = relayed(store, change);
    assertThat(record.change()).isEqualTo(change);
    assertThat(get(store.log().read(opening, 10))).containsExactly(record);
    assertThat(get(store.log().markers(change.markers())))
        .hasSize(3)
        .allSatisfy((name, position) -> assertThat(position).isEqualTo(record.position()));
    assertThat(waiting()).isZero();
  }

  @Test
  void relay_emptiesTheSlotsOfTheKeys() throws Exception {
    open(store);
    get(store.tier().plant(key("entry"), 0L, 1, LONG));
    get(store.tier().fill(key("entry"), 1, fill(2, "old")));
    get(store.tier().plant(key("placeholder"), 0L, 3, LONG));
    Change change = change(Target.key(key("entry")), Target.key(key("placeholder")));
    Transaction transaction = write(change);
    assertThat(get(store.tier().read(key("entry"))).nonce()).isEqualTo(2);
    transaction.commit();
    relayed(store, change);
    assertThat(get(store.tier().read(key("entry")))).isEqualTo(Slot.Empty.FREE);
    assertThat(get(store.tier().fill(key("placeholder"), 3, fill(4, "stale")))).isFalse();
  }

  @Test
  void append_relaysWhatWasCommittedBefore() throws Exception {
    Position opening = open(store);
    Change first = change(Target.tag("a"), Target.tag("both"));
    Change second = change(Target.tag("b"), Target.tag("both"));
    Change third = change(Target.tag("c"), Target.tag("both"));
    write(first, second).commit();
    LogRecord record = get(store.invalidate(third, LONG));
    List<LogRecord> records = get(store.log().read(opening, 10));
    assertThat(nonces(records)).containsExactly(first.nonce(), second.nonce(), third.nonce());
    assertThat(records.get(2)).isEqualTo(record);
    assertThat(records.stream().map(LogRecord::previousNonce).toList().subList(1, 3))
        .containsExactly(first.nonce(), second.nonce());
    assertThat(get(store.log().markers(List.of("ta", "tb", "tc", "tboth"))))
        .containsEntry("ta", records.get(0).position())
        .containsEntry("tb", records.get(1).position())
        .containsEntry("tc", records.get(2).position())
        .containsEntry("tboth", records.get(2).position());
  }

  @Test
  void manyRows_areRelayedInOrderAndBeforeALaterAppend() throws Exception {
    Position opening = open(store);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 2_300; i++) {
      changes.add(change(Target.tag("n" + i % 7)));
    }
    write(changes.toArray(Change[]::new)).commit();
    Change last = change(Target.ALL);
    LogRecord record = get(store.invalidate(last, LONG));
    changes.add(last);
    List<LogRecord> records = get(store.log().read(opening, 10_000));
    assertThat(nonces(records)).isEqualTo(changes.stream().map(Change::nonce).toList());
    assertThat(record.position().sequence()).isEqualTo(2_301);
    long previous = get(store.log().read(null, 1)).get(0).nonce();
    for (LogRecord one : records) {
      assertThat(one.previousNonce()).isEqualTo(previous);
      previous = one.nonce();
    }
  }

  @Test
  void twoRelaysAndAppendsAtOnce_eachChangeExactlyOnce() throws Exception {
    Position opening = open(store);
    JdbcStore other = quietStore();
    List<Long> written = Collections.synchronizedList(new ArrayList<>());
    inParallel(6, i -> () -> {
      JdbcStore mine = i % 2 == 0 ? store : other;
      for (int n = 0; n < 40; n++) {
        Change change = change(Target.tag("n" + n));
        written.add(change.nonce());
        if (i < 4) {
          try (Transaction transaction = Transaction.begin(database)) {
            mine.outbox().write(transaction.connection(), change, LONG);
            transaction.commit();
          }
          assertThat(get(mine.outbox().relayNow(change.nonce()))).isPresent();
        } else {
          get(mine.invalidate(change, LONG));
        }
      }
      return i;
    });
    List<LogRecord> records = get(store.log().read(opening, 1_000));
    assertThat(nonces(records)).containsExactlyInAnyOrderElementsOf(written);
    assertThat(records.stream().map(LogRecord::position).collect(Collectors.toSet()))
        .hasSameSizeAs(written);
    assertThat(waiting()).isZero();
  }

  @Test
  void relayNow_relayedByAnother_findsTheRecord() throws Exception {
    open(store);
    Change change = change(Target.tag("x"));
    write(change).commit();
    LogRecord record = relayed(quietStore(), change);
    get(store.invalidate(change(Target.ALL), LONG));
    assertThat(relayed(store, change)).isEqualTo(record);
  }

  @Test
  void emptyLog_rowsWaitForAnEpoch() throws Exception {
    get(store.log().tail());
    Change change = change(Target.tag("x"));
    write(change).commit();
    CompletionStage<Optional<LogRecord>> early = store.outbox().relayNow(change.nonce());
    assertThatThrownBy(() -> get(early)).isInstanceOf(LogLostException.class);
    assertThat(waiting()).isEqualTo(1);
    Position opening = open(store);
    assertThat(relayed(store, change).position()).isEqualTo(opening.next());
  }

  @Test
  void daemonOfAnotherStore_relaysAndWakes() throws Exception {
    Position opening = open(store);
    JdbcStore alive = store();
    CompletionStage<List<LogRecord>> waiting = alive.log().await(opening, 10, ENDLESS);
    Change change = change(Target.tag("x"));
    write(change).commit();
    assertThat(nonces(get(waiting))).containsExactly(change.nonce());
  }

  @Test
  void writerKilledBetweenCommitAndRelay_losesNothing() throws Exception {
    Position opening = open(store);
    Change committed = change(Target.tag("committed"));
    Change open = change(Target.tag("open"));
    Transaction writer = write(committed);
    writer.commit();
    store.outbox().write(writer.connection(), open, LONG);
    long backend = writer.number("SELECT pg_backend_pid()");
    assertThat(database.number("SELECT count(pg_terminate_backend(" + backend + "))"))
        .isOne();
    patiently()
        .until(() ->
            database.number("SELECT count(*) FROM pg_stat_activity WHERE pid = " + backend) == 0);
    store.close();

    JdbcStore alive = store();
    assertThat(nonces(get(alive.log().await(opening, 10, ENDLESS))))
        .containsExactly(committed.nonce());
    assertThat(get(alive.outbox().relayNow(open.nonce()))).isEmpty();
    assertThat(waiting()).isZero();
  }

  @Test
  void write_leavesTheConnectionAsItIs() throws Exception {
    open(store);
    try (Transaction transaction = Transaction.begin(database)) {
      Connection connection = transaction.connection();
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      store.outbox().write(connection, change(Target.ALL), LONG);
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      assertThat(waiting()).isZero();
      transaction.commit();
      assertThat(waiting()).isOne();
    }
  }

  @Test
  void write_whatTheDatabaseRefuses_failsTheWriter() throws Exception {
    PostgresDatabase latin1 = closing(PostgresDatabase.latin1());
    JdbcStore narrow = closing(latin1.builder(prefix).relayEvery(Duration.ZERO).build());
    open(narrow);
    Transaction transaction = closing(Transaction.begin(latin1));
    Change change = change(Target.tag("\u2713"));
    assertThatThrownBy(() -> narrow.outbox().write(transaction.connection(), change, LONG))
        .isInstanceOf(SQLException.class);
    transaction.rollback();
    assertThat(get(narrow.outbox().relayNow(change.nonce()))).isEmpty();
  }

  @Test
  void hostileTexts_comeThrough() throws Exception {
    open(store);
    String tooLongForAnIndex = "\u2713".repeat(10_000);
    Change change = change(
        Target.tag("nul\0"),
        Target.key(key("\1")),
        Target.tag("\ud800"),
        Target.tag(tooLongForAnIndex));
    write(change).commit();
    LogRecord record = relayed(store, change);
    assertThat(record.change()).isEqualTo(change);
    assertThat(get(store.log().markers(change.markers()))).containsOnlyKeys(change.markers());
  }
}
