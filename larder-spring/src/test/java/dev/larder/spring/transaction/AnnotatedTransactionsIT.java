package dev.larder.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.EmbeddedPostgreSql;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** {@code @Invalidates} on a method with {@code @Transactional} is part of that transaction. */
class AnnotatedTransactionsIT {

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static final Consumer<String> NOTHING = name -> {};

  private final String url = EmbeddedPostgreSql.shared().newDatabase().url();
  private final String prefix = "annotated" + PREFIXES.incrementAndGet();
  private Bank bank;
  private Bank other;
  private AnnotatedBank annotated;

  @BeforeEach
  void open() {
    bank = new Bank(url, "", prefix, true);
    other = new Bank(url, "", prefix, true);
    annotated = bank.annotated();
    Bank.createTable(bank.sql);
    assertThat(bank.name(1)).isEqualTo("old");
    assertThat(bank.name(2)).isEqualTo("other");
    assertThat(other.name(1)).isEqualTo("old");
    assertThat(other.name(2)).isEqualTo("other");
  }

  /** What both nodes serve. */
  private void assertServed(long id, String name) {
    assertThat(other.larder.catchUp().toCompletableFuture().join()).isTrue();
    assertThat(bank.name(id)).isEqualTo(name);
    assertThat(other.name(id)).isEqualTo(name);
  }

  @AfterEach
  void close() {
    other.close();
    bank.close();
  }

  private long written(String tag) {
    return bank.sql.queryForObject(
        "SELECT (SELECT count(*) FROM larder.outbox WHERE payload LIKE ?)"
            + " + (SELECT count(*) FROM larder.log WHERE payload LIKE ?)",
        Long.class,
        "%" + tag + "%",
        "%" + tag + "%");
  }

  @Test
  void invalidation_isARowOfTheSameTransaction_beforeAnybodyIsTold() {
    AtomicInteger atCommit = new AtomicInteger(-1);
    annotated.rename(
        1,
        "new",
        name -> TransactionSynchronizationManager.registerSynchronization(new AtCommit(() ->
            // Committed, and this process has not begun to tell of it.
            atCommit.set((int) written("tx:new")))));
    assertThat(atCommit).hasValue(1);
    assertServed(1, "new");
    assertThat(written("tx:new")).isEqualTo(1);
  }

  private record AtCommit(Runnable work) implements TransactionSynchronization, Ordered {

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }

    @Override
    public void afterCommit() {
      work.run();
    }
  }

  @Test
  void rollBack_ofAMethodThatReturns_invalidatesNothing() {
    annotated.rename(
        1, "never", name -> TransactionAspectSupport.currentTransactionStatus().setRollbackOnly());
    assertThat(written("tx:never")).isZero();
    assertThat(bank.names.get(1L).orNull()).isEqualTo("old");
  }

  @Test
  void exception_invalidatesNothing() {
    assertThatThrownBy(() -> annotated.rename(1, "never", name -> {
          throw new IllegalStateException("no");
        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(written("never")).isZero();
    assertThat(bank.names.get(1L).orNull()).isEqualTo("old");
  }

  @Test
  void withoutATransaction_itFollowsTheMethod() {
    annotated.renameWithoutTransaction(1, "new");
    assertServed(1, "new");
  }

  @Test
  void insideAnother_itWaitsForThatCommit() {
    bank.transaction().executeWithoutResult(status -> {
      annotated.rename(1, "never", NOTHING);
      annotated.renameApart(2, "apart");
      assertThat(bank.names.get(2L).orNull()).as("ended, and stored nowhere").isNull();
      status.setRollbackOnly();
    });
    assertThat(bank.names.get(1L).orNull()).isEqualTo("old");
    assertServed(2, "apart");
  }

  @Test
  void outsideOfTheOneAround_itIsNotLostWithThat() {
    bank.transaction().executeWithoutResult(status -> {
      annotated.renameOutside(1, "outside");
      annotated.saveOutside(2, "saved outside");
      status.setRollbackOnly();
    });
    assertServed(1, "outside");
    assertServed(2, "saved outside");
  }

  @Test
  void written_insideATransactionThatIsRolledBack_isNotLost() {
    bank.transaction().executeWithoutResult(status -> {
      annotated.save(1, "never");
      annotated.saveApart(2, "apart");
      status.setRollbackOnly();
    });
    assertServed(1, "old");
    assertServed(2, "apart");
  }

  @Test
  void written_inATransactionOfItsOwn_isReadAfterIt() {
    annotated.save(1, "saved");
    assertServed(1, "saved");
  }

  @Test
  void calledInItself_eachCallHasItsOwn() {
    annotated.rename(1, "outer", name -> annotated.rename(2, "inner", NOTHING));
    assertServed(1, "outer");
    assertServed(2, "inner");
    assertThat(written("tx:inner")).isEqualTo(1);
    assertThat(written("tx:outer")).isEqualTo(1);
  }

  @Test
  void answerThatComesLater_isWaitedFor() {
    CompletableFuture<String> go = new CompletableFuture<>();
    CompletionStage<String> later = annotated.renameLater(1, "new", go);
    assertThat(bank.names.get(1L).orNull()).isEqualTo("old");
    go.complete("go");
    assertThat(later.toCompletableFuture().join()).isEqualTo("new");
    assertServed(1, "new");
  }
}
