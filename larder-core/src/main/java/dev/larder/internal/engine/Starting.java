package dev.larder.internal.engine;

import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.OriginLog;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The end of a node's start with two logs.
 *
 * <p>The logs keep different stretches of the past. A record met in one only is pending in the other,
 * so its tier's entries under that record are refused. What the origin had marked as forwarded before
 * the other was read once more, and did not turn up there, lies behind what the other keeps, and is
 * pending no longer.
 */
final class Starting {

  private static final int BATCH = 10_000;

  private Starting() {}

  static CompletionStage<Void> settle(
      Node node, GuardedStore primary, GuardedStore origin, OriginLog log) {
    Set<Long> known = node.pending();
    return origin
        .call(() -> log.unforwarded(0, BATCH))
        .thenCompose(waiting -> {
          waiting.forEach(record -> known.remove(record.nonce()));
          // More than a batch: those beyond stay pending too, and the relay settles them.
          return waiting.size() < BATCH
              ? primary.follower().catchUp()
              : CompletableFuture.completedFuture(false);
        })
        .<Void>handle((proved, failure) -> {
          if (failure == null && proved) {
            node.settleStart(known);
          }
          return null;
        });
  }
}
