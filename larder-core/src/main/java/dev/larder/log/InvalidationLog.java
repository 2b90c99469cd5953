package dev.larder.log;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The ordered record of invalidations in one store, with its markers.
 *
 * <p>All methods are asynchronous, safe for many threads, never block the caller on I/O, and answer
 * from the primary (a replica may not be asked). A stage fails with any exception when the store did
 * not answer; the engine does not look at its type, except {@link LogLostException}. A call that
 * failed may or may not have had its effect.
 *
 * <p>A log keeps at least its newest 10,000 records and may drop older ones.
 */
public interface InvalidationLog {

  /** The name that positions of this log carry: letters, digits and hyphens. */
  String name();

  /** The last record. One round trip. */
  CompletionStage<Tail> tail();

  /**
   * Opens an epoch if the tail still is the one the caller saw.
   *
   * <p>Compare and append are one atomic step, so of many callers one wins. The opening record has
   * sequence 0 in the new epoch.
   *
   * @param seen the position the caller saw at the tail, or null if it saw none
   * @param seenNonce the nonce it saw there, 0 if none
   * @param epoch the new epoch, greater than that of {@code seen}
   * @param nonce the opening record's nonce
   * @return the tail after the call: the caller's opening record, or what another put there
   */
  CompletionStage<Tail> openEpoch(@Nullable Position seen, long seenNonce, long epoch, long nonce);

  /**
   * Appends a change and moves its markers, in one atomic step.
   *
   * <p>The record's sequence is the tail's plus one, its predecessor the tail. Each marker of
   * {@link Change#markers} is set to the new position and lives at least {@code markerLife} from
   * now. One round trip.
   *
   * @return the record as it stands
   * @throws LogLostException (in the stage) if there is no tail; nothing was written
   */
  CompletionStage<LogRecord> append(Change change, Duration markerLife);

  /**
   * The records behind a position, oldest first, of every later epoch too.
   *
   * @param after read from behind here; null reads from the oldest record kept
   * @param limit at most this many, 1 to 10,000
   */
  CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit);

  /**
   * As {@link #read}, but waits for a record up to {@code wait}. Completes with an empty list when
   * none came. Only the follower calls this, one call at a time, so a store may keep one connection
   * for it.
   */
  CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait);

  /**
   * The positions of markers. A name that has no marker is absent from the result. One round trip.
   */
  CompletionStage<Map<String, Position>> markers(Collection<String> names);

  /**
   * Sees to it that markers exist and live at least {@code life} from now. A missing one is created
   * at the tail: an older position would let entries pass that an evicted marker had ended.
   */
  CompletionStage<Void> holdMarkers(Collection<String> names, Duration life);
}
