package dev.larder.tier;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A tier and the log that its entries are judged by, in one server or cluster.
 *
 * <p>Closing a store closes what it opened itself and nothing that was passed in.
 */
public interface Store extends AutoCloseable {

  /** Name for people and statistics: {@code redis}, {@code postgresql}, {@code memory}. */
  String name();

  /**
   * Its server for people, host and port without credentials; empty if there is none or it is not known
   * yet.
   */
  default String address() {
    return "";
  }

  /** Where entries lie. */
  Tier tier();

  /** Where invalidations are recorded. */
  InvalidationLog log();

  /**
   * Ends what the change covers: deletes the slots of its keys <em>first</em>, then appends the
   * record. In the other order a reader who has applied the record could still find the old entry.
   */
  default CompletionStage<LogRecord> invalidate(Change change, Duration markerLife) {
    return change.keys().isEmpty()
        ? log().append(change, markerLife)
        : tier().delete(change.keys()).thenCompose(done -> log().append(change, markerLife));
  }

  /** Where an application's own transaction writes its changes; null if this store has no such place. */
  default @Nullable Outbox outbox() {
    return null;
  }

  /** Where nodes pin notes for operators; null if this store has no such place. */
  default @Nullable Board board() {
    return null;
  }

  /**
   * Looks for what is wrong or will hurt, for operators: a few dozen commands that change nothing. The
   * stage does not fail for what it looks for: a store that does not answer is a finding. Empty if
   * there is nothing that this store could say.
   */
  default CompletionStage<List<Finding>> checkup() {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  void close();
}
