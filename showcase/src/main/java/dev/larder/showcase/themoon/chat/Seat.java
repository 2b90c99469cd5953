package dev.larder.showcase.themoon.chat;

import dev.larder.showcase.themoon.domain.Message;
import dev.larder.showcase.themoon.source.ChatQueries;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * One browser's seat in a conversation. It has been sent all messages up to a number and gets what
 * comes after it, in order and once, whoever rings and however often.
 */
final class Seat {
  private static final Logger logger = LoggerFactory.getLogger(Seat.class);
  private static final int AT_ONCE = 200;

  private final WebSocketSession session;
  private final long conversation;
  private final long user;
  private long sentUpTo;

  /**
   * @param session may be sent to by several threads
   * @param sentUpTo number of the last message that the browser has
   */
  Seat(WebSocketSession session, long conversation, long user, long sentUpTo) {
    this.session = session;
    this.conversation = conversation;
    this.user = user;
    this.sentUpTo = sentUpTo;
  }

  long conversation() {
    return conversation;
  }

  long user() {
    return user;
  }

  /** Sends what the browser has not got. Reads the source: the messages are the truth. */
  synchronized void deliver(ChatQueries queries) {
    List<Message> next;
    do {
      next = queries.after(conversation, sentUpTo, AT_ONCE);
      for (Message message : next) {
        send(Map.of(
            "type", "message",
            "number", message.number(),
            "sender", message.sender(),
            "text", message.text(),
            "at", message.sentAt().toString()));
        sentUpTo = message.number();
      }
    } while (next.size() == AT_ONCE);
  }

  void send(Map<String, ?> frame) {
    try {
      session.sendMessage(new TextMessage(JsonMapper.shared().writeValueAsString(frame)));
    } catch (IOException | IllegalStateException e) {
      // The browser comes again and says up to where it got.
      logger.debug("a browser is gone: {}", e.toString());
      close();
    }
  }

  void close() {
    try {
      session.close(CloseStatus.SERVICE_RESTARTED);
    } catch (IOException | IllegalStateException e) {
      logger.debug("closing: {}", e.toString());
    }
  }
}
