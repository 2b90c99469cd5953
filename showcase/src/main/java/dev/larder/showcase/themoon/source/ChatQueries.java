package dev.larder.showcase.themoon.source;

import dev.larder.showcase.themoon.domain.Conversation;
import dev.larder.showcase.themoon.domain.ConversationLine;
import dev.larder.showcase.themoon.domain.LastMessages;
import dev.larder.showcase.themoon.domain.Message;
import dev.larder.showcase.themoon.domain.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Conversations and their messages. Safe for many threads. */
@Component
public final class ChatQueries {
  private static final String MESSAGES =
      "SELECT number, sender_id, text, sent_at FROM themoon.messages WHERE conversation_id = ? ";

  private final JdbcClient jdbc;

  ChatQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A conversation, or null. One statement. */
  public @Nullable Conversation conversation(long id) {
    List<Person> members = jdbc.sql("SELECT " + PeopleQueries.PERSON + " FROM themoon.members m"
            + " JOIN themoon.users u ON u.id = m.user_id WHERE m.conversation_id = ? ORDER BY u.id")
        .param(id)
        .query(PeopleQueries::person)
        .list();
    return members.isEmpty() ? null : new Conversation(id, members);
  }

  /** A user's conversations, the liveliest first. One statement. */
  public List<ConversationLine> conversations(long user, int count) {
    return jdbc.sql("SELECT c.id, c.last_at, coalesce(l.text, '') AS text,"
            + " (SELECT string_agg(u.name, ', ' ORDER BY u.id) FROM themoon.members o"
            + "   JOIN themoon.users u ON u.id = o.user_id"
            + "   WHERE o.conversation_id = c.id AND o.user_id <> m.user_id) AS title"
            + " FROM themoon.members m JOIN themoon.conversations c ON c.id = m.conversation_id"
            + " LEFT JOIN themoon.messages l ON l.conversation_id = c.id AND l.number = c.last_number"
            + " WHERE m.user_id = ? ORDER BY c.last_at DESC, c.id DESC LIMIT ?")
        .param(user)
        .param(count)
        .query((row, number) -> new ConversationLine(
            row.getLong("id"),
            row.getString("title"),
            row.getString("text"),
            PeopleQueries.time(row, "last_at")))
        .list();
  }

  /** The end of a conversation. One statement. */
  public LastMessages last(long conversation) {
    List<Message> messages =
        new ArrayList<>(jdbc.sql(MESSAGES + "ORDER BY number DESC LIMIT " + LastMessages.COUNT)
            .param(conversation)
            .query(ChatQueries::message)
            .list());
    Collections.reverse(messages);
    return new LastMessages(conversation, List.copyOf(messages));
  }

  /** What comes after a number, at most {@code count}, in order. One statement. */
  public List<Message> after(long conversation, long number, int count) {
    return jdbc.sql(MESSAGES + "AND number > ? ORDER BY number LIMIT ?")
        .param(conversation)
        .param(number)
        .param(count)
        .query(ChatQueries::message)
        .list();
  }

  /**
   * Adds a message, in the caller's transaction, and rings for all instances when that commits. Holds the
   * conversation until then, so numbers follow each other as commits do.
   *
   * @param clientId the sender's name for it; one that is there already is not added again
   * @return its number
   */
  public long add(long conversation, long sender, String text, @Nullable UUID clientId) {
    long last = jdbc.sql("SELECT last_number FROM themoon.conversations WHERE id = ? FOR UPDATE")
        .param(conversation)
        .query(Long.class)
        .single();
    Optional<Long> known =
        clientId == null ? Optional.empty() : numberOf(conversation, sender, clientId);
    if (known.isPresent()) {
      return known.get();
    }
    long number = last + 1;
    jdbc.sql("INSERT INTO themoon.messages (conversation_id, number, sender_id, text, client_id)"
            + " VALUES (?, ?, ?, ?, ?)")
        .param(conversation)
        .param(number)
        .param(sender)
        .param(text)
        .param(clientId)
        .update();
    jdbc.sql("UPDATE themoon.conversations SET last_number = ?, last_at = now() WHERE id = ?")
        .param(number)
        .param(conversation)
        .update();
    ring("message " + conversation + " " + number);
    return number;
  }

  /** Wakes all instances, at the commit where there is a transaction. */
  public void ring(String words) {
    jdbc.sql("SELECT pg_notify('themoon', ?)").param(words).query(row -> {});
  }

  private Optional<Long> numberOf(long conversation, long sender, UUID clientId) {
    return jdbc.sql("SELECT number FROM themoon.messages"
            + " WHERE conversation_id = ? AND sender_id = ? AND client_id = ?")
        .param(conversation)
        .param(sender)
        .param(clientId)
        .query(Long.class)
        .optional();
  }

  /** The conversation of just these two, made if there is none. In the caller's transaction. */
  public long between(long one, long other) {
    // One at a time for these two, so that there is one conversation.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 7))")
        .param(Math.min(one, other) + " and " + Math.max(one, other))
        .query(row -> {});
    Optional<Long> found = jdbc.sql("SELECT a.conversation_id FROM themoon.members a"
            + " JOIN themoon.members b USING (conversation_id)"
            + " WHERE a.user_id = ? AND b.user_id = ? AND (SELECT count(*) FROM themoon.members c"
            + "   WHERE c.conversation_id = a.conversation_id) = 2 ORDER BY 1 LIMIT 1")
        .param(one)
        .param(other)
        .query(Long.class)
        .optional();
    if (found.isPresent()) {
      return found.get();
    }
    long id = jdbc.sql("INSERT INTO themoon.conversations DEFAULT VALUES RETURNING id")
        .query(Long.class)
        .single();
    for (long user : new long[] {one, other}) {
      jdbc.sql("INSERT INTO themoon.members (conversation_id, user_id) VALUES (?, ?)")
          .param(id)
          .param(user)
          .update();
    }
    return id;
  }

  private static Message message(ResultSet row, int number) throws SQLException {
    return new Message(
        row.getLong("number"),
        row.getLong("sender_id"),
        row.getString("text"),
        PeopleQueries.time(row, "sent_at"));
  }
}
