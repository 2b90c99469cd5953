package dev.larder.integration;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Target;
import dev.larder.tier.Store;
import java.util.List;
import java.util.function.Predicate;

/** Tells of some changes without what they are about: the node does not apply them. */
final class ForgetfulStore extends StoreInFront {

  private final Predicate<Change> isForgotten;

  ForgetfulStore(Store store, Predicate<Change> isForgotten) {
    super(store);
    this.isForgotten = isForgotten;
  }

  @Override
  List<LogRecord> told(List<LogRecord> records) {
    return records.stream().map(this::told).toList();
  }

  private LogRecord told(LogRecord record) {
    Change change = record.change();
    return isForgotten.test(change)
        ? new LogRecord(
            record.position(),
            record.previousNonce(),
            aboutNobody(change, change.nonce()),
            record.forwarded())
        : record;
  }

  static Change aboutNobody(Change change, long nonce) {
    return new Change(
        nonce,
        List.of(Target.key("lab:nobody:v1:0")),
        change.origin(),
        change.cause(),
        change.atMillis());
  }
}
