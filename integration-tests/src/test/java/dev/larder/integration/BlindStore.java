package dev.larder.integration;

import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.tier.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes of its node one that does not mind a cut link. While it is cut off the node hears of nothing and
 * takes itself for current; when the link is back it goes on as if nothing had happened meanwhile: what
 * it missed has a nonce that nobody drew and is about nobody.
 */
final class BlindStore extends StoreInFront {

  private static final long OTHER = 0x5555_5555_5555_5554L;

  private volatile @Nullable Tail shown;
  private volatile long from = Long.MAX_VALUE;
  private volatile long to = Long.MAX_VALUE;
  private volatile boolean isCut;

  BlindStore(Store store) {
    super(store);
  }

  /** Cuts the node off. */
  void cut() {
    Tail last = super.tail().toCompletableFuture().join();
    from = sequence(last);
    shown = last;
    isCut = true;
  }

  /** Connects the node again, which does not notice what it missed. */
  void back() {
    to = sequence(super.tail().toCompletableFuture().join());
    isCut = false;
  }

  private static long sequence(Tail tail) {
    Position position = tail.position();
    return position == null ? -1 : position.sequence();
  }

  private boolean isMissed(long sequence) {
    return sequence > from && sequence <= to;
  }

  private long nonce(long sequence, long nonce) {
    return isMissed(sequence) ? nonce ^ OTHER : nonce;
  }

  @Override
  List<LogRecord> told(List<LogRecord> records) {
    return isCut ? List.of() : records.stream().map(this::told).toList();
  }

  private LogRecord told(LogRecord record) {
    long sequence = record.position().sequence();
    return new LogRecord(
        record.position(),
        nonce(sequence - 1, record.previousNonce()),
        isMissed(sequence)
            ? ForgetfulStore.aboutNobody(record.change(), nonce(sequence, record.nonce()))
            : record.change(),
        record.forwarded());
  }

  @Override
  public CompletionStage<Tail> tail() {
    return super.tail().thenApply(tail -> {
      Tail frozen = shown;
      return isCut && frozen != null
          ? new Tail(frozen.position(), frozen.nonce(), tail.storeMillis())
          : new Tail(tail.position(), nonce(sequence(tail), tail.nonce()), tail.storeMillis());
    });
  }

  @Override
  public CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    return isCut
        ? new CompletableFuture<List<LogRecord>>()
            .completeOnTimeout(List.of(), wait.toMillis(), TimeUnit.MILLISECONDS)
        : super.await(after, limit, wait);
  }
}
