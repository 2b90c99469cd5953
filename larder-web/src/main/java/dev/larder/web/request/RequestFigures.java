package dev.larder.web.request;

import dev.larder.CacheTier;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * What one request did with caches: which tier answered how often, what was missed, and how long looking
 * below L1 and loading took.
 *
 * <p>They belong to a thread: {@link #current()} finds those of the request that this one serves. Loads
 * with a time-out, which run on another thread while this one waits, take them along by themselves;
 * anything else that goes on elsewhere takes them along with {@link #bind} or {@link #carrying}. What
 * threads do that nobody gave them to is not in them; nor are refreshes in the background, which the
 * request does not wait for, nor caches that are asked asynchronously and answered by a store later.
 *
 * <p>Once the request has ended they don't change any more. Safe for many threads.
 */
public final class RequestFigures {

  private static final ThreadLocal<@Nullable RequestFigures> CURRENT = new ThreadLocal<>();

  private static final int L1 = 0;
  private static final int L2 = 1;
  private static final int DATABASE = 2;
  private static final int STALE = 3;
  private static final int MISSES = 4;
  private static final int LOADS = 5;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(6);
  private final CacheTime time = new CacheTime();
  private final long begunNanos = System.nanoTime();
  private volatile long endedNanos;
  private volatile boolean isEnded;
  private volatile @Nullable String pattern;

  /** Figures of a request that begins now. */
  RequestFigures() {}

  /** Those of the request that this thread serves; empty outside of requests. */
  public static Optional<RequestFigures> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** As {@link #current()}, without an object around them. */
  static @Nullable RequestFigures ofThread() {
    return CURRENT.get();
  }

  /** A task that counts for the request of this thread, whatever thread runs it. */
  public static Runnable carrying(Runnable task) {
    RequestFigures figures = CURRENT.get();
    if (figures == null) {
      return task;
    }
    return () -> {
      Binding bound = figures.bind();
      try {
        task.run();
      } finally {
        bound.close();
      }
    };
  }

  /**
   * Has this thread count for the request, until what is returned is closed, on this thread.
   *
   * @return gives the thread back what it had before
   */
  public Binding bind() {
    RequestFigures before = CURRENT.get();
    CURRENT.set(this);
    return () -> {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    };
  }

  /** What {@link #bind} did to a thread. */
  public interface Binding extends AutoCloseable {

    @Override
    void close();
  }

  // ---- what is written down

  void answered(@Nullable CacheTier tier, boolean isStale) {
    if (isEnded) {
      return;
    }
    if (tier == CacheTier.L1) {
      counts.getAndIncrement(L1);
    } else if (tier == CacheTier.L2) {
      counts.getAndIncrement(L2);
    } else if (tier == CacheTier.DATABASE) {
      counts.getAndIncrement(DATABASE);
    } else {
      counts.getAndIncrement(MISSES);
    }
    if (isStale) {
      counts.getAndIncrement(STALE);
    }
  }

  void looked(long nanos) {
    if (!isEnded) {
      time.add(false, nanos);
    }
  }

  void loaded(long nanos) {
    if (!isEnded) {
      counts.getAndIncrement(LOADS);
      time.add(true, nanos);
    }
  }

  /**
   * Names the pattern of the route where nobody else will: a response out of a cache does not reach the
   * framework that knows it. The request's path is none, since it holds what its user wrote.
   */
  public void pattern(String known) {
    pattern = known;
  }

  void end() {
    if (!isEnded) {
      endedNanos = System.nanoTime();
      isEnded = true;
    }
  }

  // ---- what can be read

  /** The pattern that was named; null if none was. */
  @Nullable String pattern() {
    return pattern;
  }

  /** Lookups that a tier answered, stale values included. */
  public int hits(CacheTier tier) {
    return switch (tier) {
      case L1 -> counts.get(L1);
      case L2 -> counts.get(L2);
      case DATABASE -> counts.get(DATABASE);
    };
  }

  /** Lookups that any tier answered. */
  public int hits() {
    return counts.get(L1) + counts.get(L2) + counts.get(DATABASE);
  }

  /** Those of the hits that were past their ttl. */
  public int staleHits() {
    return counts.get(STALE);
  }

  /** Lookups that no tier answered. */
  public int misses() {
    return counts.get(MISSES);
  }

  /** Loads, failed ones included. */
  public int loads() {
    return counts.get(LOADS);
  }

  /** Share of lookups that a tier answered, 0 to 1; 0 when there were none. */
  public double hitRate() {
    int hits = hits();
    int all = hits + misses();
    return all == 0 ? 0 : (double) hits / all;
  }

  /**
   * Time in which this request looked below L1, and waited there for another's load, without what was
   * part of a load; nanoseconds. Hits in L1 are not timed: that would cost more than they do.
   */
  public long lookNanos() {
    return time.lookNanos();
  }

  /** Time in which this request loaded, loads within a load counted once; nanoseconds. */
  public long loadNanos() {
    return time.loadNanos();
  }

  /** Time since the request began, or from its beginning to its end; nanoseconds. */
  public long requestNanos() {
    return (isEnded ? endedNanos : System.nanoTime()) - begunNanos;
  }
}
