package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.LoadObserver;
import dev.larder.LookupListener;
import dev.larder.TimeSource;
import dev.larder.internal.invalidation.Invalidator;
import dev.larder.internal.manage.Journal;
import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the caches of one larder share.
 *
 * @param node what this node knows
 * @param primary the L2 store, if any
 * @param origin the database store, if any
 * @param invalidator takes changes to the logs
 * @param time clocks
 * @param executor runs background loads, and loads with a time-out
 * @param scheduler runs waits
 * @param context carries the caller's context to the executor
 * @param listener hears of lookups, if any
 * @param observer stands around loads
 * @param nodeId name of this node in records
 * @param units which unit of work each thread is in
 * @param journal what this node remembers for its operators
 * @param checkedHits share of fresh hits in L1 that are compared with the source
 */
public record NodeContext(
    Node node,
    @Nullable GuardedStore primary,
    @Nullable GuardedStore origin,
    Invalidator invalidator,
    TimeSource time,
    Executor executor,
    ScheduledExecutorService scheduler,
    UnaryOperator<Runnable> context,
    @Nullable LookupListener listener,
    LoadObserver observer,
    String nodeId,
    Units units,
    Journal journal,
    double checkedHits) {

  /** The stores that a cache with these tiers uses, nearest first. */
  List<GuardedStore> chain(Set<CacheTier> tiers) {
    List<GuardedStore> chain = new ArrayList<>(2);
    if (primary != null && tiers.contains(CacheTier.L2)) {
      chain.add(primary);
    }
    if (origin != null && tiers.contains(CacheTier.DATABASE)) {
      chain.add(origin);
    }
    return chain;
  }

  /**
   * Whether this node was proved current within the bound, so that L1 may be served unchecked.
   *
   * <p>With a database tier its log is the one that hears of everything first. If the database does
   * not answer at all, the other log alone decides: then only what nodes without L2 invalidated is
   * missed, in the moment before the database went or, where it went for this node alone, all the
   * while.
   */
  boolean isCurrent(long nowNanos, long maxStalenessNanos, boolean withDatabase) {
    GuardedStore first = origin != null && (withDatabase || primary == null) ? origin : primary;
    if (first == null) {
      return true;
    }
    if (invalidator.isWaiting()) {
      return false;
    }
    if (first.follower().isConfirmed(nowNanos, maxStalenessNanos)) {
      return true;
    }
    GuardedStore second = primary;
    return first == origin
        && second != null
        && first.isDown()
        && second.follower().isConfirmed(nowNanos, maxStalenessNanos);
  }

  /** A task for the executor, with the context of the thread that waits for it, and its account. */
  Runnable carried(Runnable task) {
    return context.apply(listener == null ? task : listener.carrying(task));
  }

  /** Waits until this node has applied a position. False if it could not within one round. */
  CompletionStage<Boolean> reach(Position position) {
    if (node.hasReached(position)) {
      return CompletableFuture.completedFuture(true);
    }
    for (GuardedStore store : new GuardedStore[] {primary, origin}) {
      if (store != null && store.store().log().name().equals(position.log())) {
        return store.follower().catchUp().thenApply(proved -> node.hasReached(position));
      }
    }
    return CompletableFuture.completedFuture(false);
  }
}
