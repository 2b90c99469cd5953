package dev.larder.spring.transaction;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A process whose threads write, each in transactions of its own row, until somebody kills it; every
 * other thread by {@code @Transactional} and {@code @Invalidates}. It says
 * {@code ready} on its standard output when each has committed once.
 *
 * <p>Each transaction has a name, {@code life.thread.number}. It enters it into the table {@code ledger}
 * and invalidates the tag {@code tx:NAME}, besides the tag of its row: after a death the ledger says
 * what was committed, and the log what was invalidated.
 */
final class KilledWriter {

  /** Writing threads of one process, which are also rows. */
  static final int THREADS = 4;

  private static final int LONGEST_STAY_NANOS = 3_000_000;

  /** Those who ask for what a dead process was loading wait so long. */
  static final Duration LEASE = Duration.ofSeconds(1);

  /** Where a thread is; the file of stages holds the ordinal of each thread's, and outlives it. */
  enum Stage {
    /** Reads by the cache, between transactions. */
    READING,
    /** Writes and invalidates. */
    WRITING,
    /** The outbox's row is written and the transaction committed. */
    COMMITTING,
    /** Committed; nobody has been told. */
    PUBLISHING,
    /** On the way to a roll-back. */
    ROLLING_BACK
  }

  private final Bank bank;
  private final int life;
  private final MappedByteBuffer stages;

  private KilledWriter(Bank bank, int life, MappedByteBuffer stages) {
    this.bank = bank;
    this.life = life;
    this.stages = stages;
  }

  /** Arguments: database, Redis or empty, key prefix, number of this life, seed, file of stages. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MappedByteBuffer stages;
    try (FileChannel file = FileChannel.open(
        Path.of(arguments[5]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      stages = file.map(FileChannel.MapMode.READ_WRITE, 0, THREADS);
    }
    int life = Integer.parseInt(arguments[3]);
    Bank bank = new Bank(arguments[0], arguments[1], arguments[2], true, LEASE);
    KilledWriter writer = new KilledWriter(bank, life, stages);
    SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[4]));
    for (int thread = 0; thread < THREADS; thread++) {
      int row = thread;
      SplittableRandom random = seeds.split();
      writer.transaction(row, 0, true);
      new Thread(() -> {
            for (int number = 1; ; number++) {
              writer.transaction(row, number, random.nextInt(10) < 7);
            }
          })
          .start();
    }
    System.out.println("ready");
    // The end of the parent's pipe ends this process, however the parent ended.
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    Runtime.getRuntime().halt(1);
  }

  /** The row that a thread of a life writes. */
  static long row(int life, int thread) {
    return (long) life * THREADS + thread;
  }

  private void transaction(int thread, int number, boolean commits) {
    long row = row(life, thread);
    String name = life + "." + thread + "." + number;
    at(thread, Stage.READING);
    bank.name(row);
    at(thread, Stage.WRITING);
    if (thread % 2 == 0) {
      bank.transaction().executeWithoutResult(status -> {
        bank.rename(row, name);
        bank.larder.invalidateTags("tx:" + name);
        finish(thread, name, commits, status);
      });
    } else {
      // The same by annotations.
      bank.annotated()
          .rename(
              row,
              name,
              written -> finish(
                  thread, written, commits, TransactionAspectSupport.currentTransactionStatus()));
    }
    at(thread, Stage.READING);
    bank.name(row);
  }

  private void finish(int thread, String name, boolean commits, TransactionStatus status) {
    bank.sql.update("INSERT INTO ledger VALUES (?)", name);
    TransactionSynchronizationManager.registerSynchronization(new Stages(thread));
    if (!commits) {
      at(thread, Stage.ROLLING_BACK);
      status.setRollbackOnly();
    }
  }

  /**
   * Notes the stage, and stays there for a while: otherwise nearly all deaths would meet those stages
   * that wait for a server, and hardly any the moment between commit and publishing.
   */
  private void at(int thread, Stage stage) {
    stages.put(thread, (byte) stage.ordinal());
    if (stage != Stage.READING) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_STAY_NANOS));
    }
  }

  private final class Stages implements TransactionSynchronization, Ordered {

    private final int thread;

    Stages(int thread) {
      this.thread = thread;
    }

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      at(thread, Stage.COMMITTING);
    }

    @Override
    public void afterCommit() {
      at(thread, Stage.PUBLISHING);
    }
  }
}
