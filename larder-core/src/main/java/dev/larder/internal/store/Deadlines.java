package dev.larder.internal.store;

import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends calls that take too long, to within a few milliseconds.
 *
 * <p>A timer for each call would wake a timer thread for each call, which costs more than the rest of
 * what Larder adds to a round trip. Here calls queue up, and one thread looks through the queue every
 * few milliseconds; it rests while there are none. Safe for many threads.
 */
public final class Deadlines {

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  /** So many looks at an empty queue, and the thread rests until it is woken. */
  private static final int LOOKS_BEFORE_REST = 25;

  private static final Deadlines SHARED = new Deadlines();

  private record Call(CompletableFuture<?> result, long due, Duration limit) {}

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Thread watcher = new Thread(this::watch, "larder-deadlines");
  private volatile boolean isResting;

  private Deadlines() {
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Fails a result with a {@link TimeoutException} once the limit is over, if it is not there yet. */
  public static void set(CompletableFuture<?> result, Duration limit) {
    SHARED.add(new Call(result, System.nanoTime() + limit.toNanos(), limit));
  }

  private void add(Call call) {
    calls.add(call);
    if (isResting) {
      LockSupport.unpark(watcher);
    }
  }

  private void watch() {
    int empty = 0;
    while (true) {
      look(System.nanoTime());
      empty = calls.isEmpty() ? empty + 1 : 0;
      if (empty < LOOKS_BEFORE_REST) {
        LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
        continue;
      }
      isResting = true;
      // A call that was added before it could see this is seen here.
      if (calls.isEmpty()) {
        LockSupport.park(this);
      }
      isResting = false;
      empty = 0;
    }
  }

  private void look(long now) {
    Iterator<Call> all = calls.iterator();
    while (all.hasNext()) {
      Call call = all.next();
      if (call.result().isDone()) {
        all.remove();
      } else if (now - call.due() >= 0) {
        all.remove();
        call.result()
            .completeExceptionally(new TimeoutException("no answer within " + call.limit()));
      }
    }
  }
}
