package dev.larder.testkit;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The log of a {@link FaultyStore}. */
class FaultyLog implements InvalidationLog {

  final FaultyStore store;

  FaultyLog(FaultyStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return store.logName();
  }

  @Override
  public CompletionStage<Tail> tail() {
    return store.call(Call.LOG_TAIL, List.of(), real -> real.log().tail());
  }

  @Override
  public CompletionStage<Tail> openEpoch(
      @Nullable Position seen, long seenNonce, long epoch, long nonce) {
    return store.call(
        Call.LOG_OPEN_EPOCH,
        List.of(),
        real -> real.log().openEpoch(seen, seenNonce, epoch, nonce));
  }

  @Override
  public CompletionStage<LogRecord> append(Change change, Duration markerLife) {
    List<String> names = change.targets().stream()
        .map(target -> target.kind() == Target.Kind.KEY ? target.id() : target.marker())
        .toList();
    return store.call(Call.LOG_APPEND, names, real -> real.log().append(change, markerLife));
  }

  @Override
  public CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit) {
    return store.call(Call.LOG_READ, List.of(), real -> real.log().read(after, limit));
  }

  @Override
  public CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    return store.call(Call.LOG_AWAIT, List.of(), real -> real.log().await(after, limit, wait));
  }

  @Override
  public CompletionStage<Map<String, Position>> markers(Collection<String> names) {
    return store.call(Call.LOG_MARKERS, names, real -> real.log().markers(names));
  }

  @Override
  public CompletionStage<Void> holdMarkers(Collection<String> names, Duration life) {
    return store.call(Call.LOG_HOLD_MARKERS, names, real -> real.log().holdMarkers(names, life));
  }
}
