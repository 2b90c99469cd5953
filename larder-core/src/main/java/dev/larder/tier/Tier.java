package dev.larder.tier;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store of slots shared by processes.
 *
 * <p>All methods are asynchronous, safe for many threads and never block the caller on I/O. A stage
 * fails with any exception when the tier did not answer; the change may then have happened or not,
 * which is harmless: every change names the nonce it expects. A slot is always one key. Nonces are
 * random and never 0.
 */
public interface Tier {

  /** Reads a slot. One round trip; a hit costs one plain read. */
  CompletionStage<Slot> read(String key);

  /** Reads many slots. The result has each asked key. One round trip (one per shard). */
  CompletionStage<Map<String, Slot>> readAll(Collection<String> keys);

  /**
   * Puts a placeholder into the slot if it holds {@code expected}.
   *
   * @param expected nonce that must be in the slot; 0 means nothing may be there (foreign bytes are
   *     replaced too); null plants over whatever is there
   * @param nonce the placeholder's
   * @param life how long it stays if nobody fills it
   * @return whether it was planted
   */
  CompletionStage<Boolean> plant(String key, @Nullable Long expected, long nonce, Duration life);

  /** As {@link #plant} with {@code expected} 0, for many keys. The keys that were planted. */
  CompletionStage<Collection<String>> plantAll(Map<String, Long> nonces, Duration life);

  /**
   * Puts an entry into the slot if it holds {@code expected}. An empty slot or another nonce refuses.
   *
   * @return whether it was stored
   */
  CompletionStage<Boolean> fill(String key, long expected, Fill fill);

  /** As {@link #fill} for many keys; {@code expected} has a nonce for each. The keys stored. */
  CompletionStage<Collection<String>> fillAll(Map<String, Long> expected, Map<String, Fill> fills);

  /** Empties a slot if it holds {@code expected}. */
  CompletionStage<Boolean> release(String key, long expected);

  /** Empties slots, whatever they hold. */
  CompletionStage<Void> delete(Collection<String> keys);

  /** Lets an entry live {@code life} from now if the slot still holds {@code expected}. */
  CompletionStage<Boolean> touch(String key, long expected, Duration life);

  /**
   * Slot keys below a prefix, in no order, a page at a time, for operators. A key that is there from the
   * first page to the last is in one of the pages, perhaps in two. Each call is a bounded step, however
   * many keys there are, so a page may be empty and not the last.
   *
   * @param keyPrefix what the keys begin with
   * @param contains text that they contain; empty for all
   * @param cursor where to go on: {@link KeyPage#next} of the page before, empty for the first
   * @param limit about how many keys to look at, 1 to 10,000
   */
  CompletionStage<KeyPage> keys(String keyPrefix, String contains, String cursor, int limit);

  /** An estimate of how many slots below a key prefix are in use; -1 when that is not known. */
  CompletionStage<Long> size(String keyPrefix);

  /**
   * An entry to store.
   *
   * @param nonce its nonce
   * @param body the sealed entry; not changed by anyone afterwards
   * @param life after this the tier drops it
   */
  record Fill(long nonce, byte[] body, Duration life) {}

  /**
   * A step through the keys of a tier.
   *
   * @param keys slot keys
   * @param next cursor of the next step, empty after the last
   */
  record KeyPage(List<String> keys, String next) {

    /** Most keys to look at in one step. */
    public static final int MOST = 10_000;

    /**
     * Refuses what is no limit of a step. For tiers.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link #MOST}
     */
    public static void checkLimit(int limit) {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("limit: " + limit + " is not 1 to " + MOST);
      }
    }
  }
}
