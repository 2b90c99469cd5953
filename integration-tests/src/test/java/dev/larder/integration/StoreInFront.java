package dev.larder.integration;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.tier.Board;
import dev.larder.tier.Finding;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store in front of a real one that tells its node something else of the log, as a node would see it
 * that has a fault in how it follows. Everything but that passes.
 */
abstract class StoreInFront implements Store, InvalidationLog {

  private final Store store;

  StoreInFront(Store store) {
    this.store = store;
  }

  /** The real log. */
  final InvalidationLog real() {
    return store.log();
  }

  /** What the node gets of records that were read. */
  abstract List<LogRecord> told(List<LogRecord> records);

  @Override
  public final String name() {
    return store.name();
  }

  @Override
  public final Tier tier() {
    return store.tier();
  }

  @Override
  public final InvalidationLog log() {
    return this;
  }

  @Override
  public final @Nullable Board board() {
    return store.board();
  }

  @Override
  public final CompletionStage<List<Finding>> checkup() {
    return store.checkup();
  }

  @Override
  public final CompletionStage<LogRecord> invalidate(Change change, Duration markerLife) {
    return store.invalidate(change, markerLife);
  }

  @Override
  public CompletionStage<Tail> tail() {
    return store.log().tail();
  }

  @Override
  public final CompletionStage<Tail> openEpoch(
      @Nullable Position seen, long seenNonce, long epoch, long nonce) {
    return store.log().openEpoch(seen, seenNonce, epoch, nonce);
  }

  @Override
  public final CompletionStage<LogRecord> append(Change change, Duration markerLife) {
    return store.log().append(change, markerLife);
  }

  @Override
  public CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit) {
    return store.log().read(after, limit).thenApply(this::told);
  }

  @Override
  public CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    return store.log().await(after, limit, wait).thenApply(this::told);
  }

  @Override
  public final CompletionStage<Map<String, Position>> markers(Collection<String> names) {
    return store.log().markers(names);
  }

  @Override
  public final CompletionStage<Void> holdMarkers(Collection<String> names, Duration life) {
    return store.log().holdMarkers(names, life);
  }

  @Override
  public final void close() {
    store.close();
  }
}
