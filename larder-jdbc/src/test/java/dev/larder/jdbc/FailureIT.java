package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that is killed or stalls, and tables that go away. */
class FailureIT extends PostgresTest {

  private static EmbeddedPostgreSql server;
  private static PostgresDatabase own;

  @BeforeAll
  static void startServer() {
    server = EmbeddedPostgreSql.start();
    own = PostgresDatabase.on(server);
  }

  @AfterAll
  static void stopServer() {
    own.close();
    server.close();
  }

  private JdbcStore.Builder builder(Duration timeout) {
    return JdbcStore.builder(own.pool(), new StoreSettings(prefix, timeout, 100_000, 10_000));
  }

  private static void fails(CompletionStage<?> stage) {
    assertThatThrownBy(() -> get(stage)).isInstanceOf(TierUnavailableException.class);
  }

  @Test
  void killedAndRestarted_keepsTheLogAndEmptiesTheSlots() throws Exception {
    Duration timeout = Duration.ofSeconds(5);
    JdbcStore store = closing(builder(timeout).relayEvery(Duration.ZERO).build());
    open(store);
    get(store.tier().plant(key("1"), 0L, 1, LONG));
    get(store.tier().fill(key("1"), 1, fill(2, "v")));
    LogRecord record = get(store.invalidate(change(Target.tag("x")), LONG));
    Change waiting = change(Target.tag("waiting"));
    try (Transaction transaction = Transaction.begin(own)) {
      store.outbox().write(transaction.connection(), waiting, LONG);
      transaction.commit();
    }
    CompletionStage<List<LogRecord>> awaiting = store.log().await(record.position(), 10, ENDLESS);

    server.kill();
    fails(awaiting);
    fails(store.tier().read(key("1")));
    fails(store.invalidate(change(Target.ALL), LONG));
    server.restart();

    patiently()
        .untilAsserted(
            () -> assertThat(get(store.tier().read(key("1")))).isEqualTo(Slot.Empty.FREE));
    assertThat(get(store.log().tail()).position()).isEqualTo(record.position());
    assertThat(get(store.log().markers(List.of("tx")))).containsEntry("tx", record.position());
    // A living node's daemon finds what was committed, and the follower hears of it.
    closing(builder(timeout).build());
    patiently()
        .untilAsserted(() -> assertThat(
                nonces(get(store.log().await(record.position(), 10, ENDLESS))))
            .containsExactly(waiting.nonce()));
  }

  @Test
  void stalledServer_failsCallsAndFreesTheThreads() {
    ThreadPoolExecutor threads = new ThreadPoolExecutor(
        4, 4, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), Calls.threads("stall"));
    closing(threads::shutdownNow);
    JdbcStore store = closing(builder(Duration.ofSeconds(1)).executor(threads).build());
    Position opening = open(store);
    CompletionStage<List<LogRecord>> awaiting = store.log().await(opening, 10, ENDLESS);
    server.pause();
    try {
      List<CompletionStage<?>> stalled = List.of(
          store.tier().read(key("1")),
          store.tier().plant(key("1"), 0L, 1, LONG),
          store.log().tail(),
          store.invalidate(change(Target.ALL), LONG),
          store.tier().read(key("2")),
          store.tier().read(key("3")));
      stalled.forEach(FailureIT::fails);
      patiently().until(() -> threads.getActiveCount() == 0);
      fails(awaiting);
    } finally {
      server.resume();
    }
    patiently()
        .untilAsserted(
            () -> assertThat(get(store.tier().read(key("9")))).isEqualTo(Slot.Empty.FREE));
    patiently()
        .untilAsserted(() -> assertThat(get(store.invalidate(change(Target.ALL), LONG)))
            .isIn(get(store.log().read(opening, 100))));
  }

  @Test
  void followersConnectionCut_nextAwaitCatchesUp() throws Exception {
    JdbcStore store = closing(builder(Duration.ofSeconds(5)).build());
    JdbcStore other = closing(builder(Duration.ofSeconds(5)).build());
    Position opening = open(store);
    CompletionStage<List<LogRecord>> awaiting = store.log().await(opening, 10, ENDLESS);
    patiently()
        .until(() -> own.number("SELECT count(pg_terminate_backend(pid))"
                    + " FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%larder%log%'"
                    + " AND state = 'idle' AND backend_type = 'client backend'")
                > 0
            || awaiting.toCompletableFuture().isDone());
    fails(awaiting);
    LogRecord missed =
        patiently().until(() -> get(other.invalidate(change(Target.ALL), LONG)), r -> true);
    assertThat(get(store.log().await(opening, 10, ENDLESS))).contains(missed);
    // And it listens again.
    Position read = position(get(store.log().tail()));
    CompletionStage<List<LogRecord>> again = store.log().await(read, 10, ENDLESS);
    LogRecord heard = get(other.invalidate(change(Target.ALL), LONG));
    assertThat(get(again)).containsExactly(heard);
  }

  @Test
  void tablesDropped_callsFailUntilTheyAreCreated() throws Exception {
    JdbcStore.Builder builder = builder(Duration.ofSeconds(5)).schema("larder_dropped");
    JdbcStore store = closing(builder.build());
    open(store);
    for (int i = 0; i < 8; i++) {
      // Often enough for the driver to keep statements at the server.
      get(store.tier().plant(key("1"), null, 1, LONG));
      get(store.invalidate(change(Target.ALL), LONG));
    }
    JdbcSchema schema = JdbcSchema.of(own.pool(), "larder_dropped");
    own.execute("DROP TABLE larder_dropped.entry");
    assertThat(schema.exists()).isFalse();
    assertThatThrownBy(() -> get(store.tier().read(key("1"))))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("larder_dropped")
        .hasMessageContaining("JdbcSchema");
    // The log works on for what has no slots to delete.
    get(store.invalidate(change(Target.ALL), LONG));
    schema.create();
    assertThat(get(store.tier().read(key("1")))).isEqualTo(Slot.Empty.FREE);
    assertThat(get(store.log().tail()).isPresent()).isTrue();

    schema.drop();
    fails(store.tier().read(key("1")));
    fails(store.invalidate(change(Target.ALL), LONG));
    fails(store.log().tail());
    fails(store.log().await(new Position("postgresql", 7, 0), 1, ENDLESS));
    schema.create();
    assertThat(get(store.tier().plant(key("1"), 0L, 1, LONG))).isTrue();
    assertThatThrownBy(() -> get(store.invalidate(change(Target.ALL), LONG)))
        .isInstanceOf(LogLostException.class);
    open(store);
    assertThat(get(store.invalidate(change(Target.ALL), LONG)).position().sequence())
        .isOne();
  }

  @Test
  void unreachableWhenOpened_worksOnceTheServerIsThere() {
    server.kill();
    JdbcStore store =
        closing(builder(Duration.ofSeconds(2)).schema("larder_late").build());
    try {
      fails(store.tier().read(key("1")));
      fails(store.log().tail());
      fails(store.log().await(new Position("postgresql", 7, 0), 1, Duration.ZERO));
    } finally {
      server.restart();
    }
    patiently()
        .untilAsserted(
            () -> assertThat(get(store.tier().read(key("1")))).isEqualTo(Slot.Empty.FREE));
    assertThat(open(store).sequence()).isZero();
  }

  @Test
  void schemaNotCreated_callsFailClearly() {
    JdbcStore store = closing(builder(Duration.ofSeconds(5))
        .schema("larder_absent")
        .createSchema(false)
        .build());
    assertThatThrownBy(() -> get(store.tier().read(key("1"))))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("larder_absent")
        .hasMessageContaining("JdbcSchema");
    assertThat(JdbcSchema.of(own.pool(), "larder_absent").exists()).isFalse();
  }
}
