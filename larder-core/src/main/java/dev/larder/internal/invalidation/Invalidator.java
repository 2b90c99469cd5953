package dev.larder.internal.invalidation;

import dev.larder.Acknowledgement;
import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.log.Outbox;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a change to the logs and applies it here before it is acknowledged.
 *
 * <p>With two stores the origin log comes first: once it has the record, every node hears of it and
 * the change is acknowledged, whether or not the other store answers; a relay sees to that later.
 *
 * <p>A change that its log did not take is applied here, kept in a bounded queue and tried again;
 * meanwhile the node is not confirmed. When the queue is full its changes give way to a single one
 * that covers everything. All methods are safe for many threads.
 */
public final class Invalidator {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.log");

  /** Most targets that wait before they give way to one that covers everything. */
  public static final int MAX_WAITING = 10_000;

  private final Node node;
  private final @Nullable GuardedStore primary;
  private final @Nullable GuardedStore origin;
  private final Duration markerLife;
  private final Duration timeout;
  private final ArrayDeque<Change> waiting = new ArrayDeque<>();
  private volatile boolean isWaiting;
  private int waitingTargets;
  private boolean isDraining;

  /**
   * @param primary the L2 store, if any
   * @param origin the database store, if any; its log then is the one that acknowledges
   * @param timeout longest wait for a log
   */
  public Invalidator(
      Node node,
      @Nullable GuardedStore primary,
      @Nullable GuardedStore origin,
      Duration markerLife,
      Duration timeout) {
    this.node = node;
    this.primary = primary;
    this.origin = origin;
    this.markerLife = markerLife;
    this.timeout = timeout;
  }

  /**
   * Invalidates. The stage never fails; when it completes the change holds on this node.
   *
   * @param change an odd nonce sends it to the L2 store's log alone
   */
  public CompletionStage<Acknowledgement> invalidate(Change change) {
    GuardedStore first = origin != null && !change.isInOneLogOnly() ? origin : primary;
    if (first == null) {
      node.applyDeferred(change);
      return CompletableFuture.completedFuture(
          new Acknowledgement.Appended(new Position("local", 1, node.sequence())));
    }
    return append(first, change)
        .handle((record, failure) -> {
          if (failure != null) {
            logger.warn("{}: an invalidation waits: {}", first.store().name(), why(failure));
            return later(change);
          }
          node.applyOwn(first.index(), record);
          Acknowledgement done = new Acknowledgement.Appended(record.position());
          return first == origin && primary != null
              ? forward(primary, change).<Acknowledgement>thenApply(ignored -> done)
              : CompletableFuture.<Acknowledgement>completedFuture(done);
        })
        .thenCompose(stage -> stage);
  }

  /**
   * A change that the outbox of the origin has, committed: gives it its position now and tells the
   * other store. If that can't be done any living node does it later, so nothing waits here.
   */
  public CompletionStage<Acknowledgement> committed(Change change, Outbox outbox) {
    GuardedStore from = origin;
    if (from == null) {
      return invalidate(change);
    }
    return from.call(() -> outbox.relayNow(change.nonce()), timeout)
        .handle((record, failure) -> {
          Acknowledgement done;
          if (failure == null && record.isPresent()) {
            node.applyOwn(from.index(), record.get());
            done = new Acknowledgement.Appended(record.get().position());
          } else {
            node.applyDeferred(change);
            done = new Acknowledgement.Deferred(waiting());
          }
          return primary == null
              ? CompletableFuture.<Acknowledgement>completedFuture(done)
              : forward(primary, change).<Acknowledgement>thenApply(ignored -> done);
        })
        .thenCompose(stage -> stage);
  }

  /** The origin has it; the other store is told at once where it answers, else by the relay. */
  private CompletionStage<Void> forward(GuardedStore to, Change change) {
    if (to.isDown()) {
      return CompletableFuture.completedFuture(null);
    }
    return append(to, change).handle((record, failure) -> {
      if (failure == null) {
        node.applyOwn(to.index(), record);
        forwarded(change);
      }
      return null;
    });
  }

  /**
   * What a written key came to.
   *
   * @param done for the caller
   * @param position of the record in the L2 store's log, sequence
   */
  public record Written(Acknowledgement done, long position) {}

  /**
   * Appends the record of a key that is being written through, without touching its slot in L2, where
   * the writer's token lies. Null in the stage if a log did not take it; the caller then invalidates.
   */
  public CompletionStage<@Nullable Written> written(GuardedStore l2, Change change) {
    GuardedStore first = origin != null && !change.isInOneLogOnly() ? origin : l2;
    if (first == l2) {
      return appendOnly(l2, change)
          .handle((record, failure) -> failure != null
              ? null
              : new Written(
                  new Acknowledgement.Appended(record.position()),
                  record.position().sequence()));
    }
    return append(first, change)
        .thenCompose(record -> {
          node.applyOwn(first.index(), record);
          return appendOnly(l2, change).thenApply(second -> {
            forwarded(change);
            return new Written(
                new Acknowledgement.Appended(record.position()),
                second.position().sequence());
          });
        })
        .handle((written, failure) -> failure == null ? written : null);
  }

  private CompletionStage<LogRecord> appendOnly(GuardedStore store, Change change) {
    return store
        .call(() -> store.store().log().append(change, markerLife), timeout)
        .thenApply(record -> {
          checkPlace(store, record);
          node.applyOwn(store.index(), record);
          return record;
        });
  }

  /**
   * A log that lost its tail gives positions out once more. Whoever applied the lost record would take
   * itself to be at least at such a position, so it is not handed on.
   */
  private void checkPlace(GuardedStore store, LogRecord record) {
    if (node.isOutOfPlace(store.index(), record)) {
      throw new LogLostException(record.position());
    }
  }

  private void forwarded(Change change) {
    GuardedStore from = origin;
    if (from != null && from.store().log() instanceof OriginLog log) {
      // Not waited for: if it fails the relay forwards the record once more, which is harmless.
      var unused = from.call(() -> log.markForwarded(List.of(change.nonce())));
    }
  }

  private CompletionStage<LogRecord> append(GuardedStore store, Change change) {
    return once(store, change)
        .handle((record, failure) -> {
          if (failure == null) {
            return CompletableFuture.<LogRecord>completedFuture(record);
          }
          if (!(cause(failure) instanceof LogLostException)) {
            return CompletableFuture.<LogRecord>failedFuture(failure);
          }
          // The follower opens an epoch; then the change has something to stand behind.
          return store.follower().catchUp().thenCompose(ok -> once(store, change));
        })
        .thenCompose(stage -> stage);
  }

  private CompletableFuture<LogRecord> once(GuardedStore store, Change change) {
    return store
        .call(() -> store.store().invalidate(change, markerLife), timeout)
        .thenApply(record -> {
          checkPlace(store, record);
          return record;
        });
  }

  /** No log took it: it holds here, and the other store is told if it answers. */
  private CompletionStage<Acknowledgement> later(Change change) {
    node.applyDeferred(change);
    int count;
    synchronized (waiting) {
      isWaiting = true;
      waiting.addLast(change);
      waitingTargets += Math.max(1, change.targets().size());
      if (waitingTargets > MAX_WAITING) {
        Change all = new Change(
            Change.newNonce(false),
            List.of(Target.ALL),
            change.origin(),
            "too many invalidations waited for the log",
            change.atMillis());
        waiting.clear();
        waiting.addLast(all);
        waitingTargets = 1;
        node.applyDeferred(all);
      }
      count = waiting.size();
    }
    Acknowledgement deferred = new Acknowledgement.Deferred(count);
    return origin != null && primary != null && !change.isInOneLogOnly()
        ? forward(primary, change).<Acknowledgement>thenApply(ignored -> deferred)
        : CompletableFuture.completedFuture(deferred);
  }

  /** How many changes wait for a log. */
  public int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** Whether changes wait for a log. One volatile read. */
  public boolean isWaiting() {
    return isWaiting;
  }

  /** Tries the waiting changes once more, oldest first, until one fails. */
  public CompletionStage<Void> drain() {
    synchronized (waiting) {
      if (isDraining || waiting.isEmpty()) {
        return CompletableFuture.completedFuture(null);
      }
      isDraining = true;
    }
    return drainNext().whenComplete((done, failure) -> {
      synchronized (waiting) {
        isDraining = false;
      }
    });
  }

  private CompletionStage<Void> drainNext() {
    Change next;
    synchronized (waiting) {
      next = waiting.peekFirst();
    }
    GuardedStore first =
        next == null ? null : origin != null && !next.isInOneLogOnly() ? origin : primary;
    if (next == null || first == null) {
      return CompletableFuture.completedFuture(null);
    }
    return append(first, next)
        .handle((record, failure) -> {
          if (failure != null) {
            return CompletableFuture.<Void>completedFuture(null);
          }
          node.applyOwn(first.index(), record);
          synchronized (waiting) {
            Change head = waiting.peekFirst();
            if (head != null && head.nonce() == next.nonce()) {
              waiting.removeFirst();
              waitingTargets -= Math.max(1, next.targets().size());
              isWaiting = !waiting.isEmpty();
            }
          }
          return drainNext();
        })
        .thenCompose(stage -> stage);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String why(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
