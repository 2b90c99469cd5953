package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.tier.Tier;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Data sources whose connections come in other modes than the store needs. */
class ConnectionModesIT extends PostgresTest {

  private final List<Connection> connections = new ArrayList<>();
  private final AtomicInteger lent = new AtomicInteger();

  /** One connection, lent again and again, never closed by the borrower. */
  private DataSource lending(boolean autoCommit, int isolation) throws Exception {
    Connection connection = closing(database.driver().getConnection());
    connection.setAutoCommit(autoCommit);
    connection.setTransactionIsolation(isolation);
    connection.setNetworkTimeout(Runnable::run, 54_321);
    connections.add(connection);
    Connection lentOut = proxy(Connection.class, connection);
    return (DataSource) Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
          lent.incrementAndGet();
          return lentOut;
        });
  }

  private static <T> T proxy(Class<T> type, T target) {
    return type.cast(Proxy.newProxyInstance(
        ConnectionModesIT.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, args) ->
            method.getName().equals("close") ? null : method.invoke(target, args)));
  }

  @Test
  void otherModes_areSetAndSetBack() throws Exception {
    DataSource dataSource = lending(false, Connection.TRANSACTION_SERIALIZABLE);
    JdbcStore store = JdbcStore.builder(dataSource, PostgresDatabase.settings(prefix))
        .executor(Runnable::run)
        .relayEvery(Duration.ZERO)
        .build();
    Position opening = open(store);
    LogRecord record = get(store.invalidate(change(Target.ALL), LONG));
    get(store.tier().plant(key("1"), 0L, 1, LONG));
    // Another connection sees it: nothing was left uncommitted.
    assertThat(get(quietStore().log().read(opening, 10))).containsExactly(record);
    store.close();
    Connection connection = connections.get(0);
    assertThat(lent.get()).isPositive();
    assertThat(connection.getAutoCommit()).isFalse();
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    assertThat(connection.getNetworkTimeout()).isEqualTo(54_321);
  }

  @Test
  void serializableData_isReadCommittedHere() throws Exception {
    open(quietStore());
    List<Tier> tiers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      tiers.add(closing(JdbcStore.builder(
                  lending(true, Connection.TRANSACTION_REPEATABLE_READ),
                  PostgresDatabase.settings(prefix))
              .relayEvery(Duration.ZERO)
              .build())
          .tier());
      get(tiers.get(i).read(key("1")));
    }
    get(tiers.get(0).plant(key("1"), 0L, 1, LONG));
    Transaction other = closing(Transaction.begin(database));
    other.update("UPDATE larder.entry SET nonce = 9 WHERE key_prefix = '" + prefix + "'");
    CompletionStage<Boolean> filled = tiers.get(0).fill(key("1"), 1, fill(2, "stale"));
    CompletionStage<Boolean> released = tiers.get(1).release(key("1"), 1);
    awaitBlocked(2);
    other.commit();
    // Under REPEATABLE READ these would fail for a serialization conflict.
    assertThat(get(filled)).isFalse();
    assertThat(get(released)).isFalse();
  }

  @Test
  void modeThatChangesLater_isRefusedAndThenSet() throws Exception {
    JdbcStore store = closing(JdbcStore.builder(
            lending(true, Connection.TRANSACTION_READ_COMMITTED), PostgresDatabase.settings(prefix))
        .relayEvery(Duration.ZERO)
        .executor(Runnable::run)
        .build());
    open(store);
    connections.get(0).setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    assertThatThrownBy(() -> get(store.invalidate(change(Target.ALL), LONG)))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("READ COMMITTED");
    assertThat(get(store.invalidate(change(Target.ALL), LONG)).position().sequence())
        .isOne();
  }
}
