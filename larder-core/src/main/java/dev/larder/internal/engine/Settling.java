package dev.larder.internal.engine;

import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the wait for records that will never come.
 *
 * <p>A record met in the origin log alone is pending in the other, whose tier's entries under it are
 * refused until it turns up there. Two kinds never do: at a start, what lies behind the stretch of the
 * past that the other log keeps; later, what was forwarded into an epoch that ended before this node
 * had read it. Both are marked as forwarded in the origin. The order is what makes it safe: first the
 * origin is asked what it has not forwarded, then the other log is followed to its end. Whatever had
 * been forwarded by the time of the question has been met by then, unless it is of those kinds.
 */
final class Settling {

  private static final int BATCH = 10_000;

  private final Node node;
  private final GuardedStore primary;
  private final GuardedStore origin;
  private final OriginLog log;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private volatile boolean hasStarted;

  Settling(Node node, GuardedStore primary, GuardedStore origin, OriginLog log) {
    this.node = node;
    this.primary = primary;
    this.origin = origin;
    this.log = log;
  }

  /**
   * Settles what there is, if both stores answer; else a later call does. The stage never fails. Two
   * round trips to the origin, one to the other store.
   */
  CompletionStage<Boolean> run() {
    if (!node.mustSettle()
        || !isRead(primary)
        || !isRead(origin)
        || !isRunning.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(false);
    }
    Set<Long> nonces = node.unsettled(!hasStarted);
    return origin
        .call(() -> log.unforwarded(0, BATCH))
        .thenCompose(records -> {
          for (LogRecord record : records) {
            nonces.remove(record.nonce());
          }
          return records.size() < BATCH
              ? primary.follower().catchUp()
              : CompletableFuture.completedFuture(false);
        })
        .handle((proved, failure) -> {
          boolean isDone = failure == null && proved;
          if (isDone) {
            node.settle(nonces);
            hasStarted = true;
          } else {
            node.settleAgain();
          }
          isRunning.set(false);
          return isDone;
        });
  }

  /** Whether its log was read to its end at least once, and answers now. */
  private boolean isRead(GuardedStore store) {
    return !store.follower().isFailing()
        && store.follower().isConfirmed(store.follower().confirmedAt(), Long.MAX_VALUE);
  }
}
