package dev.larder.tier;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Where the nodes of a larder pin small notes for one another: what each is doing, questions, answers.
 *
 * <p>Notes are for operators. Freshness never rests on them: a note may be lost, late or seen twice. All
 * methods are asynchronous, safe for many threads and never block the caller on I/O. Notes are below
 * the key prefix of the store, so that larders of other prefixes do not see them.
 */
public interface Board {

  /** Most bytes of one note. */
  int MAX_BYTES = 512 * 1024;

  /**
   * Pins a note, in place of what the same author had under the topic. One round trip.
   *
   * @param topic lower-case letters, digits and hyphens
   * @param author names the note within its topic
   * @param note at most {@link #MAX_BYTES}
   * @param life after this it is gone, by the store's own clock; at least 1 ms
   */
  CompletionStage<Void> pin(String topic, String author, byte[] note, Duration life);

  /** Takes notes off a topic; those that are not there are no error. One round trip. */
  CompletionStage<Void> unpin(String topic, Collection<String> authors);

  /** The notes of a topic that live, by author. One round trip. */
  CompletionStage<Map<String, byte[]>> notes(String topic);

  /**
   * Refuses what no board takes. For stores.
   *
   * @throws IllegalArgumentException if the topic has other characters than it may, the note is too
   *     long or the life too short
   */
  static void check(String topic, byte[] note, Duration life) {
    checkTopic(topic);
    if (note.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "note: " + note.length + " bytes are more than " + MAX_BYTES);
    }
    if (life.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("life: " + life + " is less than 1 ms");
    }
  }

  /**
   * Refuses what is no topic. For stores.
   *
   * @throws IllegalArgumentException if the topic has other characters than it may, or none
   */
  static void checkTopic(String topic) {
    boolean isTopic = !topic.isEmpty() && topic.chars().allMatch(Board::isTopicCharacter);
    if (!isTopic) {
      throw new IllegalArgumentException(
          "topic: '" + topic + "' is not lower-case letters, digits and hyphens");
    }
  }

  private static boolean isTopicCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }
}
