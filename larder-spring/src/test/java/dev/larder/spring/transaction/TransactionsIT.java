package dev.larder.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Acknowledgement;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Spring's transactions on a real PostgreSQL: what they invalidate happens at their commit, or never. */
class TransactionsIT {

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static EmbeddedRedis redis;
  private static EmbeddedPostgreSql postgresql;
  private final String prefix = "bank" + PREFIXES.incrementAndGet();
  private Bank one;
  private Bank other;

  /** Where invalidations go. */
  enum Way {
    REDIS,
    OUTBOX,
    OUTBOX_AND_REDIS
  }

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
    postgresql.close();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  private void banks(Way way) {
    one = bank(way);
    Bank.createTable(one.sql);
    other = bank(way);
    assertThat(one.name(1)).isEqualTo("old");
    assertThat(one.name(2)).isEqualTo("other");
    assertThat(other.name(1)).isEqualTo("old");
  }

  private Bank bank(Way way) {
    return new Bank(
        postgresql.url(), way == Way.OUTBOX ? "" : redis.uri(), prefix, way != Way.REDIS);
  }

  private void catchUp(Bank bank) {
    assertThat(bank.larder.catchUp().toCompletableFuture().join()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void commit_isSeenByOneselfAtOnceAndByOthers(Way way) {
    banks(way);
    one.transaction().executeWithoutResult(status -> {
      one.sql.update("UPDATE names SET name = 'new' WHERE id = 1");
      assertThat(one.larder.invalidateTags("name:1")).isInstanceOf(Acknowledgement.Pending.class);
      assertThat(one.name(1)).isEqualTo("new");
      assertThat(one.name(2)).isEqualTo("other");
      catchUp(other);
      assertThat(other.name(1)).isEqualTo("old");
    });
    assertThat(one.name(1)).isEqualTo("new");
    catchUp(other);
    assertThat(other.name(1)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void read_ofWhatTheTransactionHasInvalidated_isTheNewValue(Way way) {
    banks(way);
    assertThat(one.renamed(1, "new")).isEqualTo("new");
    assertThat(one.name(1)).isEqualTo("new");
    catchUp(other);
    assertThat(other.name(1)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void rollback_invalidatesAndStoresNothing(Way way) {
    banks(way);
    long loads = one.names.stats().loads();
    one.transaction().executeWithoutResult(status -> {
      one.rename(1, "never");
      assertThat(one.name(1)).isEqualTo("never");
      status.setRollbackOnly();
    });
    assertThat(one.name(1)).isEqualTo("old");
    assertThat(one.names.stats().loads()).isEqualTo(loads + 1);
    assertThat(one.names.get(1L).isAnswered()).isTrue();
    assertThat(other.name(1)).isEqualTo("old");
    assertThat(other.names.stats().loads()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void exception_rollsBack(Way way) {
    banks(way);
    assertThatThrownBy(() -> one.transaction().executeWithoutResult(status -> {
          one.rename(1, "never");
          throw new IllegalStateException("no");
        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(one.names.get(1L).orNull()).isEqualTo("old");
  }

  /** The inner transaction commits for itself; the outer one's roll-back does not touch it. */
  @ParameterizedTest
  @EnumSource
  void requiresNew_isAUnitOfItsOwn(Way way) {
    banks(way);
    one.transaction().executeWithoutResult(outer -> {
      one.rename(1, "never");
      one.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
          .executeWithoutResult(inner -> {
            assertThat(one.name(1)).isEqualTo("old");
            one.rename(2, "renamed");
          });
      catchUp(other);
      assertThat(other.name(2)).isEqualTo("renamed");
      assertThat(one.name(1)).isEqualTo("never");
      outer.setRollbackOnly();
    });
    assertThat(one.name(1)).isEqualTo("old");
    assertThat(one.name(2)).isEqualTo("renamed");
  }

  /** Back to the savepoint: what was invalidated inside is not, what was before is. */
  @ParameterizedTest
  @EnumSource
  void nested_goesBackToItsSavepoint(Way way) {
    banks(way);
    one.transaction().executeWithoutResult(outer -> {
      one.rename(1, "new");
      one.transaction(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(inner -> {
        one.rename(2, "never");
        inner.setRollbackOnly();
      });
      assertThat(one.name(2)).isEqualTo("other");
    });
    assertThat(one.names.get(2L).orNull()).isEqualTo("other");
    assertThat(one.name(1)).isEqualTo("new");
  }

  /** Code that suspends the transaction is in none: it reads what is committed. */
  @ParameterizedTest
  @EnumSource
  void notSupported_isInNoUnit(Way way) {
    banks(way);
    one.transaction().executeWithoutResult(outer -> {
      one.rename(1, "new");
      one.transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
          .executeWithoutResult(none -> assertThat(one.name(1)).isEqualTo("old"));
      assertThat(one.name(1)).isEqualTo("new");
    });
    assertThat(one.name(1)).isEqualTo("new");
  }

  /** A transaction with an old snapshot loads the old value after another has committed: not stored. */
  @ParameterizedTest
  @EnumSource
  void loadInAnOldSnapshot_isNotServedToOthers(Way way) {
    banks(way);
    one.snapshot().executeWithoutResult(status -> {
      assertThat(one.inDatabase(1)).isEqualTo("old");
      other.transaction().executeWithoutResult(write -> other.rename(1, "new"));
      catchUp(one);
      assertThat(one.name(1)).isEqualTo("old");
    });
    assertThat(one.name(1)).isEqualTo("new");
    assertThat(other.name(1)).isEqualTo("new");
  }

  /** What is invalidated just before the commit by another's callback belongs to it. */
  @ParameterizedTest
  @EnumSource
  void invalidationInBeforeCommit_countsToo(Way way) {
    banks(way);
    one.transaction().executeWithoutResult(status -> {
      one.sql.update("UPDATE names SET name = 'late' WHERE id = 1");
      TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
        @Override
        public void beforeCommit(boolean readOnly) {
          one.larder.invalidateTags("name:1");
        }
      });
    });
    catchUp(other);
    assertThat(other.name(1)).isEqualTo("late");
  }

  @ParameterizedTest
  @EnumSource
  void put_isStoredAtTheCommit(Way way) {
    banks(way);
    one.transaction().executeWithoutResult(status -> {
      one.sql.update("UPDATE names SET name = 'put' WHERE id = 1");
      one.names.put(1L, "put");
      assertThat(one.name(1)).isEqualTo("put");
    });
    assertThat(one.name(1)).isEqualTo("put");
    catchUp(other);
    assertThat(other.name(1)).isEqualTo("put");
  }

  /** The writer dies right after its commit: a living node appends what its outbox row says. */
  @Test
  void writerThatDiesAfterItsCommit_losesNothing() throws IOException, InterruptedException {
    banks(Way.OUTBOX_AND_REDIS);
    Process writer = new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DyingWriter.class.getName(),
            postgresql.url(),
            redis.uri(),
            prefix)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      assertThat(writer.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(writer.exitValue()).isEqualTo(DyingWriter.DIED);
    } finally {
      writer.destroyForcibly();
    }
    assertThat(one.inDatabase(1)).isEqualTo("of the dead");
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      assertThat(one.name(1)).isEqualTo("of the dead");
      assertThat(other.name(1)).isEqualTo("of the dead");
    });
  }
}
