package dev.larder.memory;

import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A {@link MemoryLog} that also knows what another log lacks.
 *
 * <p>Records wait here beyond the retention of the log. A record that opens an epoch is never among
 * them: it says something about this log alone.
 */
final class MemoryOriginLog extends MemoryLog implements OriginLog {

  private final Lifetime lifetime;
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

  MemoryOriginLog(String name, Lifetime lifetime, int retainedRecords) {
    super(name, lifetime, retainedRecords);
    this.lifetime = lifetime;
  }

  private record Waiting(LogRecord record, long sinceMillis) {}

  @Override
  public CompletionStage<List<LogRecord>> unforwarded(long minAgeMillis, int limit) {
    return locked(() -> {
      long youngest = lifetime.now() - minAgeMillis;
      return waiting.values().stream()
          .filter(record -> record.sinceMillis() <= youngest)
          .limit(limit)
          .map(Waiting::record)
          .toList();
    });
  }

  @Override
  public CompletionStage<Void> markForwarded(Collection<Long> nonces) {
    return locked(() -> {
          for (Long nonce : nonces) {
            Waiting done = waiting.remove(nonce);
            if (done != null) {
              LogRecord record = done.record();
              replace(
                  new LogRecord(record.position(), record.previousNonce(), record.change(), true));
            }
          }
          return nonces;
        })
        .thenAccept(done -> {});
  }

  @Override
  void added(LogRecord record) {
    if (!record.opensEpoch()) {
      waiting.put(record.nonce(), new Waiting(record, lifetime.now()));
    }
  }

  @Override
  void cleared() {
    waiting.clear();
  }
}
