package dev.larder;

import dev.larder.internal.engine.Engine;
import dev.larder.log.Change;
import dev.larder.log.Outbox;
import dev.larder.log.Position;
import dev.larder.manage.Management;
import dev.larder.manage.NodeView;
import dev.larder.stats.CacheStats;
import dev.larder.stats.NodeFigures;
import dev.larder.stats.TierStats;
import dev.larder.warm.Warming;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one application, with the tiers and logs that they share.
 *
 * <pre>{@code
 * Larder larder = Larder.builder().keyPrefix("halfnote")
 *     .redis("redis://localhost:6379").database(dataSource).build();
 * Cache<Long, Album> albums = larder.cache("album", CachePolicy.of(Long.class, Album.class).build());
 * Album album = albums.get(42L, repository::findById);
 * larder.invalidateTags("artist:7");
 * }</pre>
 *
 * <p>Safe for many threads. {@link #close} ends background work and closes the stores that the builder
 * opened; stores, data sources and executors that were passed in stay the caller's.
 */
public final class Larder implements AutoCloseable {

  private final Engine engine;

  Larder(Engine engine) {
    this.engine = engine;
  }

  /** Starts a larder. */
  public static LarderBuilder builder() {
    return new LarderBuilder();
  }

  /**
   * Makes a cache.
   *
   * @param name letters, digits, {@code _ . -}; the same in all processes that share it
   * @throws ConfigurationException if a cache of this name exists, or the key or value type has no
   *     stable stored form
   */
  public <K, V> Cache<K, V> cache(String name, CachePolicy<K, V> policy) {
    return engine.cache(name, policy);
  }

  /** The caches made so far, by name. */
  public List<String> cacheNames() {
    return engine.cacheNames();
  }

  /** The cache of a name, whoever made it; its types are what its policy says. */
  public Optional<Cache<?, ?>> find(String name) {
    return engine.find(name);
  }

  /** Turns this process's caches off and on, all or one by one, or for a share of their keys. */
  public Switches switches() {
    return engine.switches();
  }

  /** Loads what will be asked for before anybody asks. */
  public Warming warming() {
    return engine.warming();
  }

  /** Ends all entries that carry one of the tags, in all caches. One record. */
  public Acknowledgement invalidateTags(String... tags) {
    return batch().tags(tags).because("invalidateTags").apply();
  }

  /**
   * Ends all entries that carry one of the tags, as {@link #invalidateTags} does, and then removes them
   * from every shared tier now, not when they run out: for people who ask that nothing of theirs is kept.
   * Takes effect at once, also inside a unit of work.
   *
   * <p>Reads every slot of this larder once, in steps of some hundred, so it takes as long as there are
   * entries, and blocks nobody. A load that was under way on another node may store what it read until it
   * has heard of the invalidation; that is never served, and runs out.
   *
   * @return how many slots were emptied. Fails with {@link TierUnavailableException} when a tier does not
   *     answer: what is left there is never served, and goes when it is asked for again
   */
  public CompletionStage<Long> eraseTags(String... tags) {
    return engine.eraseTags(Set.copyOf(List.of(tags)));
  }

  /** Ends all entries of all caches. One record, however many entries. */
  public Acknowledgement clear() {
    return engine.clear();
  }

  /** Starts several invalidations that take effect as one. */
  public InvalidationBatch batch() {
    return engine.batch();
  }

  /**
   * Begins a unit of work on this thread, over one that is there: what the caches of this larder are
   * told here waits for its commit. No I/O. Call it when a transaction begins.
   */
  public UnitOfWork beginUnit() {
    return engine.beginUnit();
  }

  /** The unit of work that this thread is in, or null. */
  public @Nullable UnitOfWork currentUnit() {
    return engine.currentUnit();
  }

  /**
   * Where invalidations are written in the application's own transaction; empty without a database
   * store that has an outbox.
   */
  public Optional<Outbox> outbox() {
    return engine.outbox();
  }

  /**
   * Calls back for every change that this node applies, in order, whoever made it. Callbacks run under
   * the lock of the node: they must hand over and return.
   */
  public void onChange(Consumer<Change> listener) {
    engine.onChange((change, position) -> listener.accept(change));
  }

  /**
   * As {@link #onChange(Consumer)}, with the position of the change in the log that this node met it in
   * first; null while it waits for a log.
   */
  public void onChange(BiConsumer<Change, @Nullable Position> listener) {
    engine.onChange(listener);
  }

  /**
   * Calls back when a log was lost, or kept less than this node had yet to read, and the node has forgotten
   * all that it knew: changes that {@link #onChange} would have told may be among what is gone. Callbacks
   * run under the lock of the node: they must hand over and return.
   */
  public void onForget(Runnable listener) {
    engine.onForget(listener);
  }

  /**
   * Up to where this node knows the log of its nearest store; empty without a store, and before the log
   * was read. No I/O. What is read after this call is at least as new.
   */
  public Optional<Position> position() {
    return engine.position();
  }

  /** What operators see and do, for the whole larder from this node. */
  public Management management() {
    return engine.management();
  }

  /**
   * What this node says of itself, as the other nodes show it too. Asks nobody; costs what {@link
   * #stats} does and a little more, so take it about once a second.
   */
  public NodeView self() {
    return engine.self();
  }

  /** Where modules beside the engine add what they count on this node, for operators and meters. */
  public NodeFigures figures() {
    return engine.figures();
  }

  /** What each cache has done in this process. */
  public List<CacheStats> stats() {
    return engine.stats();
  }

  /** How each shared tier is doing, nearest first. */
  public List<TierStats> tiers() {
    return engine.tiers();
  }

  /** How many invalidations wait for a log that does not answer. */
  public int waitingInvalidations() {
    return engine.waiting();
  }

  /**
   * Proves now that this node knows every invalidation acknowledged so far, and applies what it lacks.
   * False in the stage if a log did not answer. One round trip to each log when nothing is missing.
   */
  public CompletionStage<Boolean> catchUp() {
    return engine.catchUp();
  }

  /** Ends background work. Caches of a closed larder may not be used any more. Idempotent. */
  @Override
  public void close() {
    engine.close();
  }
}
