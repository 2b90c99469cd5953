package dev.larder.internal.warm;

import dev.larder.warm.WarmPlan;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a node has so much of a plan that it may take part. */
final class Readiness {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");

  private final WarmPlan<?, ?> plan;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();

  Readiness(WarmPlan<?, ?> plan) {
    this.plan = plan;
    if (plan.readyShare() == 0) {
      reached.complete(null);
    }
  }

  CompletableFuture<Void> reached() {
    return reached;
  }

  boolean isReached() {
    return reached.isDone();
  }

  /** There is nothing to wait for any more. */
  void reach() {
    reached.complete(null);
  }

  /** It took too long. */
  void reachAnyway() {
    if (reached.complete(null)) {
      logger.warn(
          "warm-up {}: its share is not loaded after {}; the node is ready all the same",
          plan.name(),
          plan.readyLimit());
    }
  }

  /** Looks at what a run has done. */
  void check(@Nullable Runner<?, ?> run) {
    if (!reached.isDone() && run != null && run.has(plan.readyShare())) {
      reached.complete(null);
    }
  }
}
