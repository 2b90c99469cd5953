package dev.larder.internal.node;

import dev.larder.TimeSource;
import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node current with one log.
 *
 * <p><b>Two sources, one gate.</b> A long poll brings records as they come; a heartbeat asks for the
 * tail and reads what is missing. Both hand batches to the {@link Chain}, which skips what is known
 * and checks the nonces, so neither has to trust the other.
 *
 * <p><b>Confirmed current</b> means: the send time of a command that proved the tail, on the primary,
 * and everything up to that tail applied. The long poll never confirms: an empty answer from a server
 * that lost its tail looks the same as one from an idle server.
 *
 * <p><b>A broken chain</b> (a tail of another nonce, a tail behind ours or behind a record that was
 * acknowledged to this node, another record in that one's place, a gap that was trimmed, an empty
 * log) mints a higher epoch. Reading its opening record makes the node forget everything.
 */
public final class Follower implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.log");
  private static final int PAGE = 2_000;
  private static final Duration POLL_WAIT = Duration.ofSeconds(1);
  private static final long RETRY_MILLIS = 100;
  private static final long BUSY_PAUSE_MILLIS = 3;
  private static final int FIRST_TRIES = 100;
  private static final long FIRST_TRY_MILLIS = 20;
  private static final int BUSY_POLLS = 8;

  /** Records that are further apart than this come at once, however many there were. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Node node;
  private final int index;
  private final InvalidationLog log;
  private final TimeSource time;
  private final ScheduledExecutorService scheduler;
  private final long heartbeatNanos;
  private final SecureRandom random = new SecureRandom();
  private final Chain chain;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> beating =
      new AtomicReference<>();

  private final CompletableFuture<Boolean> proved = new CompletableFuture<>();

  private volatile long confirmedAt;
  private volatile boolean isConfirmed;
  private volatile @Nullable StoreClock storeClock;
  private volatile boolean isClosed;
  private volatile boolean failing;
  private int busyPolls;
  private long batchAt;
  private @Nullable ScheduledFuture<?> beat;

  /**
   * @param index the log's place in the node
   * @param heartbeat time between two proofs of the tail
   */
  public Follower(
      Node node,
      int index,
      InvalidationLog log,
      TimeSource time,
      ScheduledExecutorService scheduler,
      Duration heartbeat) {
    this.node = node;
    this.index = index;
    this.log = log;
    this.chain = new Chain(node, index, log.name(), time);
    this.time = time;
    this.scheduler = scheduler;
    this.heartbeatNanos = heartbeat.toNanos();
  }

  /**
   * Starts following. The stage completes when the tail was proved for the first time; a store that is
   * still connecting is asked often at first, then with each heartbeat.
   */
  public CompletionStage<Boolean> start() {
    beat = scheduler.scheduleAtFixedRate(
        this::catchUp, heartbeatNanos, heartbeatNanos, TimeUnit.NANOSECONDS);
    tryFirst(FIRST_TRIES);
    poll();
    return proved.copy();
  }

  private void tryFirst(int tries) {
    var unused = catchUp().thenAccept(ok -> {
      if (!ok && tries > 0 && !isClosed) {
        var unusedTimer =
            scheduler.schedule(() -> tryFirst(tries - 1), FIRST_TRY_MILLIS, TimeUnit.MILLISECONDS);
      }
    });
  }

  /** Send time ({@link TimeSource#nanos}) of the last command that proved the tail. */
  public long confirmedAt() {
    return confirmedAt;
  }

  /** Time since the log was lost or trimmed too far, and a new epoch began; null if never. */
  public @Nullable Duration lostAgo() {
    return chain.lostAgo();
  }

  /** Whether the tail was proved within the last {@code maxStalenessNanos}. */
  public boolean isConfirmed(long nowNanos, long maxStalenessNanos) {
    return isConfirmed && nowNanos - confirmedAt <= maxStalenessNanos;
  }

  /** Whether the last heartbeat failed. */
  public boolean isFailing() {
    return failing;
  }

  /** Forgets that the tail was proved, until it is proved anew. */
  public void unconfirm() {
    isConfirmed = false;
  }

  /** The store's clock as it was last seen. It is told on by the ticker: a wall clock may be set. */
  private record StoreClock(long millis, long atNanos) {}

  /** The store's clock now, milliseconds since 1970; this machine's until the store has answered. */
  public long storeMillis() {
    StoreClock seen = storeClock;
    return seen == null
        ? time.millis()
        : seen.millis() + TimeUnit.NANOSECONDS.toMillis(time.nanos() - seen.atNanos());
  }

  /**
   * Asks for the tail now and applies what is missing. Calls at the same time share one round, except
   * that a round which began before this call proves nothing to it: it waits for the next.
   *
   * @return whether the tail was proved; never fails
   */
  public CompletionStage<Boolean> catchUp() {
    if (isClosed) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> other = beating.compareAndExchange(null, mine);
    if (other != null) {
      return other.thenCompose(ignored -> joinOrBeat());
    }
    run(mine);
    return mine;
  }

  private CompletionStage<Boolean> joinOrBeat() {
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    CompletableFuture<Boolean> other = beating.compareAndExchange(null, next);
    if (other != null) {
      return other;
    }
    run(next);
    return next;
  }

  private void run(CompletableFuture<Boolean> mine) {
    CompletionStage<Boolean> round;
    try {
      round = round();
    } catch (RuntimeException failure) {
      round = CompletableFuture.failedFuture(failure);
    }
    round.whenComplete((proved, failure) -> {
      if (failure != null) {
        if (!failing) {
          logger.warn("{}: the log does not answer: {}", log.name(), message(failure));
        }
        failing = true;
      } else if (failing) {
        logger.info("{}: the log answers again", log.name());
        failing = false;
      }
      beating.set(null);
      mine.complete(failure == null && proved);
    });
  }

  private static String message(Throwable failure) {
    Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private CompletionStage<Boolean> round() {
    long sent = time.nanos();
    LogProgress.Acknowledged acknowledged = node.acknowledged(index);
    return log.tail()
        .thenCompose(tail -> {
          storeClock = new StoreClock(tail.storeMillis(), sent + (time.nanos() - sent) / 2);
          if (node.mustRenew(index)) {
            return renew(tail, "a pending record was forgotten");
          }
          Position there = tail.position();
          boolean isLost = there != null
              && there.epoch() == acknowledged.epoch()
              && there.sequence() < acknowledged.sequence();
          return isLost
              ? renew(tail, "a record that was acknowledged to this node is gone")
              : reach(tail);
        })
        .thenApply(proved -> {
          if (proved) {
            confirmedAt = sent;
            isConfirmed = true;
            this.proved.complete(true);
          }
          return proved;
        });
  }

  /** Reads on until the tail is applied. */
  private CompletionStage<Boolean> reach(Tail tail) {
    Chain.Place place = chain.at();
    Position there = tail.position();
    if (there == null) {
      return renew(tail, "the log is empty");
    }
    if (place == null) {
      return log.read(null, PAGE).thenCompose(page -> begin(page, tail));
    }
    Position here = place.position();
    if (there.epoch() < here.epoch()
        || (there.epoch() == here.epoch() && there.sequence() < here.sequence())) {
      // The long poll may have applied a newer record while the tail was on its way.
      return stillThere(here);
    }
    if (there.equals(here)) {
      return tail.nonce() == place.nonce()
          ? CompletableFuture.completedFuture(true)
          : renew(tail, "its tail is another record than the one applied");
    }
    return log.read(here, PAGE).thenCompose(page -> {
      if (page.isEmpty()) {
        return CompletableFuture.completedFuture(false);
      }
      try {
        chain.advance(page);
      } catch (Chain.Broken broken) {
        return renew(tail, broken.why());
      }
      return reach(tail);
    });
  }

  /** Asks once more for the tail; only if it is behind what was applied before that, it is lost. */
  private CompletionStage<Boolean> stillThere(Position here) {
    return log.tail().thenCompose(second -> {
      Position there = second.position();
      return there == null || !there.isAtLeast(here)
          ? renew(second, "its tail lies behind what was applied")
          : reach(second);
    });
  }

  private CompletionStage<Boolean> begin(List<LogRecord> page, Tail tail) {
    if (page.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    try {
      chain.begin(page);
    } catch (Chain.Broken broken) {
      return renew(tail, broken.why());
    }
    return reach(tail);
  }

  private CompletionStage<Boolean> renew(Tail seen, String why) {
    isConfirmed = false;
    Position here = chain.position();
    Position there = seen.position();
    long known = Math.max(here == null ? 0 : here.epoch(), there == null ? 0 : there.epoch());
    long epoch = nextEpoch(known);
    if (here != null || there != null) {
      logger.warn("{}: {}; opening epoch {}", log.name(), why, epoch);
    }
    return log.openEpoch(there, seen.nonce(), epoch, Change.newNonce(false)).thenCompose(tail -> {
      Position opened = tail.position();
      if (opened == null) {
        return CompletableFuture.completedFuture(false);
      }
      if (here != null && opened.epoch() <= here.epoch()) {
        // Somebody who knew less opened it; only a higher one ends what we know.
        return renew(tail, "another node opened an epoch that is not higher");
      }
      return jump(opened);
    });
  }

  /** Goes to the opening record of an epoch, whatever lies between. */
  private CompletionStage<Boolean> jump(Position opened) {
    Position opening = new Position(opened.log(), opened.epoch(), 0);
    Position before =
        opening.epoch() > 1 ? new Position(opened.log(), opened.epoch() - 1, 0) : null;
    return log.read(before, PAGE).thenCompose(page -> {
      int from = 0;
      while (from < page.size() && !page.get(from).position().equals(opening)) {
        from++;
      }
      if (from == page.size()) {
        return CompletableFuture.completedFuture(false);
      }
      chain.jump(page.get(from));
      return log.tail().thenCompose(this::reach);
    });
  }

  private long nextEpoch(long known) {
    long generation = (known >>> 32) + 1;
    return (generation << 32) | (random.nextInt() & 0xFFFFFFFFL);
  }

  private void poll() {
    if (isClosed) {
      return;
    }
    Position here = chain.position();
    if (here == null) {
      again(RETRY_MILLIS);
      return;
    }
    CompletionStage<List<LogRecord>> batch;
    try {
      batch = log.await(here, PAGE, POLL_WAIT);
    } catch (RuntimeException failure) {
      batch = CompletableFuture.failedFuture(failure);
    }
    batch.whenComplete((records, failure) -> {
      if (failure != null) {
        again(RETRY_MILLIS);
      } else {
        followOn(records);
      }
    });
  }

  private void followOn(List<LogRecord> records) {
    try {
      chain.advance(records);
    } catch (Chain.Broken broken) {
      // The heartbeat looks at the tail itself and decides.
      catchUp();
      again(RETRY_MILLIS);
      return;
    } catch (RuntimeException failure) {
      logger.error("{}: applying records failed", log.name(), failure);
      again(RETRY_MILLIS);
      return;
    }
    // Pacing: under a steady stream a pause lets records gather, which costs a reader a few
    // milliseconds and saves the server most of its work. A single record after quiet goes at once.
    long now = time.nanos();
    boolean isQuiet = records.isEmpty() || now - batchAt > QUIET_NANOS;
    batchAt = now;
    busyPolls = isQuiet || records.size() >= PAGE ? 0 : busyPolls + 1;
    again(records.isEmpty() || busyPolls < BUSY_POLLS ? 0 : BUSY_PAUSE_MILLIS);
  }

  private void again(long delayMillis) {
    if (!isClosed) {
      try {
        var unused = scheduler.schedule(this::poll, delayMillis, TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.RejectedExecutionException closing) {
        logger.debug("{}: the scheduler is closed", log.name());
      }
    }
  }

  @Override
  public void close() {
    isClosed = true;
    ScheduledFuture<?> scheduled = beat;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
