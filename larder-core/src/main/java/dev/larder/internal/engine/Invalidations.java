package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The invalidations of one cache, as changes. */
final class Invalidations<K, V> {

  private final CacheEngine<K, V> engine;

  Invalidations(CacheEngine<K, V> engine) {
    this.engine = engine;
  }

  CompletionStage<Acknowledgement> key(K key) {
    return send(List.of(Target.key(engine.keys().encodeSlot(key))), "invalidate");
  }

  CompletionStage<Acknowledgement> keys(Collection<? extends K> keys) {
    List<Target> targets = new ArrayList<>(keys.size());
    for (K key : keys) {
      targets.add(Target.key(engine.keys().encodeSlot(key)));
    }
    return sendAll(targets, "invalidateAll");
  }

  CompletionStage<Acknowledgement> tags(String... tags) {
    List<Target> targets = new ArrayList<>(tags.length);
    for (String tag : tags) {
      targets.add(Target.tag(tag));
    }
    return sendAll(targets, "invalidateTags");
  }

  CompletionStage<Acknowledgement> prefix(@Nullable Object... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException(
          "invalidatePrefix: no parts given; clear() ends everything");
    }
    return send(List.of(Target.prefix(engine.keys().prefix(parts))), "invalidatePrefix");
  }

  CompletionStage<Acknowledgement> clear() {
    return send(List.of(engine.cacheTarget()), "clear");
  }

  private CompletionStage<Acknowledgement> send(List<Target> targets, String cause) {
    Unit unit = engine.runtime().units().current();
    if (unit != null) {
      engine.counters().invalidations.increment();
      return CompletableFuture.completedFuture(unit.add(targets, cause));
    }
    return engine.runtime().invalidator().invalidate(engine.change(targets, cause));
  }

  /** More targets than one record may carry go in several, one after the other. */
  private CompletionStage<Acknowledgement> sendAll(List<Target> targets, String cause) {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(cause + ": nothing given to invalidate");
    }
    CompletionStage<Acknowledgement> last =
        send(targets.subList(0, Math.min(targets.size(), Change.MAX_TARGETS)), cause);
    for (int from = Change.MAX_TARGETS; from < targets.size(); from += Change.MAX_TARGETS) {
      List<Target> part =
          targets.subList(from, Math.min(targets.size(), from + Change.MAX_TARGETS));
      last = last.thenCompose(first -> combine(first, send(part, cause)));
    }
    return last;
  }

  /** One part that waits makes the whole wait. */
  private static CompletionStage<Acknowledgement> combine(
      Acknowledgement first, CompletionStage<Acknowledgement> second) {
    return first instanceof Acknowledgement.Deferred
        ? second.thenApply(later -> later instanceof Acknowledgement.Deferred ? later : first)
        : second;
  }

  static <T> CompletableFuture<T> own(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy();
  }
}
