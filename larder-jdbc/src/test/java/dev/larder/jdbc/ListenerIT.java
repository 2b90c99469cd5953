package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What ends a follower's wait. */
class ListenerIT extends PostgresTest {

  private final JdbcStore store = quietStore();

  /** Without announcements it would read once an hour. */
  private Listener listener(DataSource dataSource, long readAgainMillis) {
    Duration timeout = Duration.ofSeconds(10);
    SchemaName schema = new SchemaName("larder");
    Calls calls = closing(new Calls(timeout, null));
    return closing(new Listener(
        new Database(dataSource, schema, timeout, true),
        new LogTable(schema, prefix),
        calls,
        timeout,
        readAgainMillis));
  }

  private static void awaitListening() {
    patiently()
        .until(() -> database.number("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event = 'ClientRead'"
                + " AND query LIKE '%larder\".log%'")
            > 0);
  }

  @Test
  void announcement_endsTheWait() {
    Position opening = open(store);
    Listener listener = listener(database.pool(), LONG.toMillis());
    CompletionStage<List<LogRecord>> waiting = listener.await(opening, 10, ENDLESS);
    awaitListening();
    LogRecord record = get(store.invalidate(change(Target.tag("x")), LONG));
    assertThat(get(waiting)).containsExactly(record);
    waiting = listener.await(record.position(), 10, ENDLESS);
    get(store.log().openEpoch(record.position(), record.nonce(), 8, nonce()));
    assertThat(get(waiting)).singleElement().matches(LogRecord::opensEpoch);
  }

  @Test
  void announcementOfARelay_endsTheWait() throws Exception {
    Position opening = open(store);
    Listener listener = listener(database.pool(), LONG.toMillis());
    CompletionStage<List<LogRecord>> waiting = listener.await(opening, 10, ENDLESS);
    awaitListening();
    try (Transaction transaction = Transaction.begin(database)) {
      store.outbox().write(transaction.connection(), change(Target.tag("x")), LONG);
      transaction.commit();
    }
    LogRecord record = get(store.invalidate(change(Target.tag("y")), LONG));
    assertThat(get(waiting)).hasSize(2).endsWith(record);
  }

  @Test
  void missedAnnouncement_isMadeUpByReading() throws Exception {
    Position opening = open(store);
    Listener listener = listener(database.pool(), 100);
    CompletionStage<List<LogRecord>> waiting = listener.await(opening, 10, ENDLESS);
    awaitListening();
    // A record that nobody announces.
    database.execute(
        "INSERT INTO larder.log SELECT key_prefix, epoch, 1, 99, nonce, payload, now(),"
            + " false FROM larder.log WHERE key_prefix = '" + prefix + "'");
    assertThat(get(waiting))
        .singleElement()
        .extracting(LogRecord::position)
        .isEqualTo(opening.next());
  }

  @Test
  void recordBeforeTheWait_isReadAtOnce() {
    Position opening = open(store);
    LogRecord record = get(store.invalidate(change(Target.tag("x")), LONG));
    Listener listener = listener(database.pool(), LONG.toMillis());
    assertThat(get(listener.await(opening, 10, ENDLESS))).containsExactly(record);
  }

  @Test
  void driverWithoutAnnouncements_isPolled() {
    Position opening = open(store);
    Listener listener = listener(unannounced(database.pool()), LONG.toMillis());
    CompletionStage<List<LogRecord>> waiting = listener.await(opening, 10, ENDLESS);
    awaitListening();
    LogRecord record = get(store.invalidate(change(Target.tag("x")), LONG));
    assertThat(get(waiting)).containsExactly(record);
    assertThat(get(listener.await(record.position(), 10, Duration.ofMillis(120))))
        .isEmpty();
  }

  @Test
  void connection_isKeptAndGivenBackWithoutListening() throws Exception {
    Position opening = open(store);
    HikariDataSource one = closing(new HikariDataSource());
    one.setDataSource(database.driver());
    one.setMaximumPoolSize(1);
    Listener listener = listener(one, LONG.toMillis());
    assertThat(get(listener.await(opening, 10, Duration.ZERO))).isEmpty();
    assertThat(get(listener.await(opening, 10, Duration.ZERO))).isEmpty();
    assertThat(one.getHikariPoolMXBean().getActiveConnections()).isOne();
    listener.close();
    assertThat(one.getHikariPoolMXBean().getActiveConnections()).isZero();
    try (Connection connection = one.getConnection();
        Statement statement = connection.createStatement();
        ResultSet channels = statement.executeQuery("SELECT pg_listening_channels()")) {
      assertThat(channels.next()).isFalse();
    }
  }

  /** Connections that do not tell which driver made them. */
  private static DataSource unannounced(DataSource dataSource) {
    return proxy(
        DataSource.class,
        dataSource,
        result -> result instanceof Connection connection
            ? proxy(Connection.class, connection, inner -> inner)
            : result);
  }

  private interface Wrapping {
    Object of(Object result);
  }

  private static <T> T proxy(Class<T> type, T target, Wrapping wrapping) {
    return type.cast(Proxy.newProxyInstance(
        ListenerIT.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          if (method.getName().equals("isWrapperFor") && arguments[0] == PGConnection.class) {
            return false;
          }
          try {
            return wrapping.of(method.invoke(target, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
