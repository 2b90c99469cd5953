package dev.larder.testkit;

import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The log of a {@link FaultyStore} in front of one that has an origin. */
final class FaultyOriginLog extends FaultyLog implements OriginLog {

  FaultyOriginLog(FaultyStore store) {
    super(store);
  }

  @Override
  public CompletionStage<List<LogRecord>> unforwarded(long minAgeMillis, int limit) {
    return store.call(
        Call.LOG_UNFORWARDED,
        List.of(),
        real -> ((OriginLog) real.log()).unforwarded(minAgeMillis, limit));
  }

  @Override
  public CompletionStage<Void> markForwarded(Collection<Long> nonces) {
    return store.call(
        Call.LOG_MARK_FORWARDED, List.of(), real -> ((OriginLog) real.log()).markForwarded(nonces));
  }
}
