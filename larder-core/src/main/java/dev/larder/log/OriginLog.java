package dev.larder.log;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A log that every invalidation reaches first, and from which a relay brings it to the other
 * store's log.
 *
 * <p>Records are forwarded by the node that made them when it can; what it could not forward, any
 * living node does.
 */
public interface OriginLog extends InvalidationLog {

  /**
   * The oldest records that have not been marked as forwarded.
   *
   * @param minAgeMillis leave out records younger than this by the store's clock: their makers are
   *     still at it
   * @param limit at most this many
   */
  CompletionStage<List<LogRecord>> unforwarded(long minAgeMillis, int limit);

  /** Marks records, by nonce, as present in the other store's log. */
  CompletionStage<Void> markForwarded(Collection<Long> nonces);
}
