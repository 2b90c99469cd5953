package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.InvalidationBatch;
import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Collects targets for one record. */
final class Batch implements InvalidationBatch {

  private final NodeContext runtime;
  private final Set<Target> targets = new LinkedHashSet<>();
  private String cause = "batch";
  private @Nullable Change change;
  private boolean isGiven;

  Batch(NodeContext runtime) {
    this.runtime = runtime;
  }

  @Override
  public <K> InvalidationBatch key(Cache<K, ?> cache, K key) {
    return add(Target.key(engine(cache).keys().encodeSlot(key)));
  }

  @Override
  public InvalidationBatch tags(String... tags) {
    return tags(List.of(tags));
  }

  @Override
  public InvalidationBatch tags(Collection<String> tags) {
    tags.forEach(tag -> add(Target.tag(tag)));
    return this;
  }

  @Override
  public InvalidationBatch prefix(Cache<?, ?> cache, @Nullable Object... parts) {
    return add(Target.prefix(engine(cache).keys().prefix(parts)));
  }

  @Override
  public InvalidationBatch cache(Cache<?, ?> cache) {
    return add(engine(cache).cacheTarget());
  }

  @Override
  public boolean isEmpty() {
    return targets.isEmpty();
  }

  @Override
  public InvalidationBatch because(String cause) {
    this.cause = cause;
    return this;
  }

  private InvalidationBatch add(Target target) {
    if (change != null) {
      throw new IllegalStateException("the batch was applied already; start another");
    }
    targets.add(target);
    return this;
  }

  private static <K, V> CacheEngine<K, V> engine(Cache<K, V> cache) {
    if (cache instanceof SyncCache<K, V> own) {
      return own.engine();
    }
    throw new IllegalArgumentException("cache " + cache.name() + " is not one of this larder's");
  }

  @Override
  public Change change() {
    Change made = change;
    if (made == null) {
      if (targets.isEmpty()) {
        throw new IllegalStateException("the batch has nothing to invalidate");
      }
      made = new Change(
          Change.newNonce(false),
          List.copyOf(targets),
          runtime.nodeId(),
          cause,
          runtime.time().millis());
      change = made;
    }
    return made;
  }

  @Override
  public Acknowledgement apply() {
    return Futures.join(applyAsync());
  }

  @Override
  public CompletionStage<Acknowledgement> applyAsync() {
    Unit unit = runtime.units().current();
    if (unit == null) {
      return runtime.invalidator().invalidate(change());
    }
    if (isGiven) {
      return CompletableFuture.completedFuture(new Acknowledgement.Pending());
    }
    isGiven = true;
    return CompletableFuture.completedFuture(unit.add(change().targets(), cause));
  }
}
