package dev.larder.integration;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import dev.larder.tier.Board;
import dev.larder.tier.Finding;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store whose log tells one node of some changes without what they are about, as a node would see it
 * that has a fault in how it applies them.
 */
final class ForgetfulStore implements Store, InvalidationLog {

  private final Store store;
  private final Predicate<Change> isForgotten;

  ForgetfulStore(Store store, Predicate<Change> isForgotten) {
    this.store = store;
    this.isForgotten = isForgotten;
  }

  private List<LogRecord> told(List<LogRecord> records) {
    return records.stream().map(this::told).toList();
  }

  private LogRecord told(LogRecord record) {
    Change change = record.change();
    return isForgotten.test(change)
        ? new LogRecord(
            record.position(),
            record.previousNonce(),
            new Change(
                change.nonce(),
                List.of(Target.key("lab:nobody:v1:0")),
                change.origin(),
                change.cause(),
                change.atMillis()),
            record.forwarded())
        : record;
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Tier tier() {
    return store.tier();
  }

  @Override
  public InvalidationLog log() {
    return this;
  }

  @Override
  public @Nullable Board board() {
    return store.board();
  }

  @Override
  public CompletionStage<List<Finding>> checkup() {
    return store.checkup();
  }

  @Override
  public CompletionStage<LogRecord> invalidate(Change change, Duration markerLife) {
    return store.invalidate(change, markerLife);
  }

  @Override
  public CompletionStage<Tail> tail() {
    return store.log().tail();
  }

  @Override
  public CompletionStage<Tail> openEpoch(
      @Nullable Position seen, long seenNonce, long epoch, long nonce) {
    return store.log().openEpoch(seen, seenNonce, epoch, nonce);
  }

  @Override
  public CompletionStage<LogRecord> append(Change change, Duration markerLife) {
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
  public CompletionStage<Map<String, Position>> markers(Collection<String> names) {
    return store.log().markers(names);
  }

  @Override
  public CompletionStage<Void> holdMarkers(Collection<String> names, Duration life) {
    return store.log().holdMarkers(names, life);
  }

  @Override
  public void close() {
    store.close();
  }
}
