package dev.larder.web.request;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long at least one look or load was under way, out of spans that are told of when they end.
 *
 * <p>A load's loader asks other caches: their spans end first and lie within it, and are dropped when the
 * load's own is told. What threads do at the same time counts once. Safe for many threads.
 */
final class CacheTime {

  /** More than these are put together, the oldest first; only a load around many of them counts twice. */
  private static final int MOST_SPANS = 256;

  /** A time, and what of it was spent on looks and on loads. */
  private record Span(long start, long end, long look, long load) {

    Span and(Span next) {
      return new Span(start, next.end, look + next.look, load + next.load);
    }
  }

  private final Deque<Span> spans = new ArrayDeque<>();

  /** A span has just ended. */
  void add(boolean isLoad, long nanos) {
    add(isLoad, nanos, System.nanoTime());
  }

  /** As {@link #add(boolean, long)}, at a time that is no earlier than that of the call before. */
  synchronized void add(boolean isLoad, long nanos, long end) {
    long start = end - nanos;
    while (!spans.isEmpty() && spans.getLast().start - start >= 0) {
      spans.removeLast();
    }
    long from = start;
    if (!spans.isEmpty() && spans.getLast().end - start > 0) {
      from = spans.getLast().end;
    }
    long own = Math.max(0, end - from);
    spans.addLast(new Span(start, end, isLoad ? 0 : own, isLoad ? own : 0));
    if (spans.size() > MOST_SPANS) {
      Span oldest = spans.removeFirst();
      spans.addFirst(oldest.and(spans.removeFirst()));
    }
  }

  synchronized long lookNanos() {
    return spans.stream().mapToLong(Span::look).sum();
  }

  synchronized long loadNanos() {
    return spans.stream().mapToLong(Span::load).sum();
  }
}
