package dev.larder.internal.engine;

import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The end of a node's start with two logs.
 *
 * <p>The logs keep different stretches of the past. A record met in one only is pending in the other,
 * so its tier's entries under that record are refused. Right after both were read, what the origin has
 * marked as forwarded is known to lie behind what the other keeps, and is pending no longer.
 */
final class Starting {

  private static final int BATCH = 10_000;

  private Starting() {}

  static CompletionStage<Void> settle(Node node, GuardedStore origin, OriginLog log) {
    return origin
        .call(() -> log.unforwarded(0, BATCH))
        .<CompletionStage<Void>>handle((records, failure) -> {
          // More than a batch, or no answer: they stay pending, and the relay settles them.
          if (failure == null && records.size() < BATCH) {
            Set<Long> pending = new HashSet<>();
            for (LogRecord record : records) {
              pending.add(record.nonce());
            }
            node.settleStart(pending);
          }
          return CompletableFuture.<Void>completedFuture(null);
        })
        .thenCompose(stage -> stage);
  }
}
