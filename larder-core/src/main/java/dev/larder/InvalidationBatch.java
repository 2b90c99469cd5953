package dev.larder;

import dev.larder.log.Change;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Several invalidations that take effect as one record, in one step. Not safe for many threads.
 *
 * <p>Either {@link #apply} it once the source has committed, or write {@link #change} to the outbox of
 * the database store inside the application's own transaction and let the relay append it.
 */
public interface InvalidationBatch {

  /** Adds a key of a cache. */
  <K> InvalidationBatch key(Cache<K, ?> cache, K key);

  /** Adds tags. */
  InvalidationBatch tags(String... tags);

  /** Adds tags. */
  InvalidationBatch tags(Collection<String> tags);

  /** Adds all keys of a cache that begin with these parts. */
  InvalidationBatch prefix(Cache<?, ?> cache, @Nullable Object... parts);

  /** Adds a whole cache. */
  InvalidationBatch cache(Cache<?, ?> cache);

  /** Whether nothing was added. */
  boolean isEmpty();

  /** Says why, for people who look at the log later. */
  InvalidationBatch because(String cause);

  /** The change as a log would store it, with a nonce of its own; the same each time. */
  Change change();

  /** Invalidates. Does nothing twice: a second call has the same nonce. */
  Acknowledgement apply();

  /** Invalidates without blocking. */
  CompletionStage<Acknowledgement> applyAsync();
}
