package dev.larder.integration;

import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.tier.Store;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loses some records on their way to the node: the first time that they are pushed to it, and the first
 * time that it reads them for itself where reads are to lose them too.
 */
final class LossyStore extends StoreInFront {

  private final Predicate<LogRecord> isLost;
  private final boolean inReads;
  private final Set<Position> pushesLost = ConcurrentHashMap.newKeySet();
  private final Set<Position> readsLost = ConcurrentHashMap.newKeySet();

  LossyStore(Store store, boolean inReads, Predicate<LogRecord> isLost) {
    super(store);
    this.inReads = inReads;
    this.isLost = isLost;
  }

  /** How many pushes were lost, and reads. */
  int lost() {
    return pushesLost.size() + readsLost.size();
  }

  private List<LogRecord> left(List<LogRecord> records, Set<Position> lost) {
    return records.stream()
        .filter(
            record -> record.opensEpoch() || !isLost.test(record) || !lost.add(record.position()))
        .toList();
  }

  @Override
  List<LogRecord> told(List<LogRecord> records) {
    return left(records, pushesLost);
  }

  @Override
  public CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit) {
    CompletionStage<List<LogRecord>> read = real().read(after, limit);
    return inReads ? read.thenApply(records -> left(records, readsLost)) : read;
  }
}
