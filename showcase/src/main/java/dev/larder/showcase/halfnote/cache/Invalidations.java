package dev.larder.showcase.halfnote.cache;

import dev.larder.Acknowledgement;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.action.Change;
import dev.larder.showcase.trace.RequestTrace;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Hears of committed changes and ends what they touch: all tags of an action in one record. It holds
 * on this node when {@link #accept} returns, so whoever acted reads the result.
 */
public final class Invalidations implements Consumer<List<Change>> {
  private final Larder larder;

  /** Invalidates in one larder. */
  public Invalidations(Larder larder) {
    this.larder = larder;
  }

  @Override
  public void accept(List<Change> changes) {
    Acknowledgement done = larder
        .batch()
        .tags(InvalidationMatrix.tags(changes))
        .because(changes.stream().map(Object::toString).collect(Collectors.joining(", ")))
        .apply();
    String position = done.position().map(Object::toString).orElse("deferred");
    RequestTrace.current().ifPresent(trace -> trace.invalidatedAt(position));
  }
}
