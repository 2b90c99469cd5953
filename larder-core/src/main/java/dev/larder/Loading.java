package dev.larder;

import dev.larder.internal.load.LoadState;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The load under way, for a loader that knows more of its entry than the policy does.
 *
 * <p>{@link #current()} gives it inside a loader, on the thread that the loader was called on; a loader
 * that goes on elsewhere may take it along. It ends with the load: what is said later has no effect.
 * In a bulk load all of its entries share one. Safe for use by many threads.
 *
 * <p>Loads nest. What is said concerns the innermost; a policy with {@link CachePolicyBuilder#capture()}
 * also takes over the tags of every cached value that its loader reads, at any depth.
 */
public interface Loading {

  /** The innermost load on this thread, or null outside of one. */
  static @Nullable Loading current() {
    return LoadState.current();
  }

  /**
   * A load on this thread read who is asking. Every load under way here whose cache is not of that
   * {@link CacheScope scope} will not be stored, and the log says why.
   *
   * @param input what was read, for people: {@code security context}
   * @param least scope that an entry must have to depend on it
   */
  static void readIdentity(String input, CacheScope least) {
    LoadState.readIdentity(input, least);
  }

  /**
   * Makes this load the innermost on this thread too, for a loader that goes on elsewhere: what is read
   * here then counts as read by it. Does nothing where the load is under way on this thread anyway.
   *
   * @return what ends that; to be closed on this thread, the last one first
   */
  Binding bind();

  /** What {@link #bind} did to a thread. */
  interface Binding extends AutoCloseable {

    /** Gives the thread back the load that it had before, or none. */
    @Override
    void close();
  }

  /** Name of the cache that is being loaded. */
  String cache();

  /** Whether the tags of what is read here are wanted. */
  boolean isCapturing();

  /** Adds tags to the entry, beside those of the policy. */
  Loading tag(String... tags);

  /** Adds tags to the entry, beside those of the policy. */
  Loading tags(Collection<String> tags);

  /**
   * Adds tags to the entry if it {@link #isCapturing captures}, and to the loads around it that do.
   * Costs nothing where nobody does.
   */
  Loading dependsOn(Collection<String> tags);

  /**
   * The value that this load is to replace, for a loader that can ask its source whether it still
   * holds: one that no invalidation covers, most often past its ttl. Null where there is none, in a
   * bulk load, and where the policy keeps none ({@link CachePolicyBuilder#revalidateFor}, {@link
   * CachePolicyBuilder#staleFor}, {@link CachePolicyBuilder#staleIfError}).
   *
   * <p>What the loader returns is as of this load, as always, whether it is that value or another. If
   * it did not read again what the value was made of, it has to {@link #keepTags}.
   *
   * @param type the cache's type of values; null if the value is of another
   */
  <T> @Nullable T previous(Class<T> type);

  /** Takes over the tags of what {@link #previous} gave: all that would end it ends the new entry too. */
  Loading keepTags();

  /** Shortens the entry's ttl. The shortest that is named counts; zero stores nothing. */
  Loading ttl(Duration atMost);

  /**
   * Keeps the entry out of every tier. Callers who wait for this load do not get its value either:
   * they load for themselves.
   *
   * @param reason for the log: {@code the handler read the header X-Host}
   */
  Loading doNotStore(String reason);
}
