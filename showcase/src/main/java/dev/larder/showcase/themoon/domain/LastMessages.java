package dev.larder.showcase.themoon.domain;

import java.util.List;

/**
 * The end of a conversation.
 *
 * @param messages the newest {@value #COUNT}, oldest of them first
 */
public record LastMessages(long conversation, List<Message> messages) {
  /** How many are kept at hand. */
  public static final int COUNT = 50;

  /** Number of the newest, 0 if there is none. */
  public long newest() {
    return messages.isEmpty() ? 0 : messages.get(messages.size() - 1).number();
  }
}
