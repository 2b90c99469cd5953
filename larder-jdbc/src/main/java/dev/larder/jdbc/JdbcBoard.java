package dev.larder.jdbc;

import dev.larder.tier.Board;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Notes in a table; the upkeep drops those that ended. One statement each. */
final class JdbcBoard implements Board {

  private final Database database;
  private final Calls calls;
  private final String keyPrefix;
  private final String pinSql;
  private final String unpinSql;
  private final String notesSql;

  JdbcBoard(Database database, Calls calls, String keyPrefix) {
    this.database = database;
    this.calls = calls;
    this.keyPrefix = StoredText.of(keyPrefix);
    SchemaName schema = database.schema();
    pinSql = schema.in("INSERT INTO ${schema}.note (key_prefix, topic, author, body, expires_at)"
        + " VALUES (?, ?, ?, ?, now() + ? * interval '1 millisecond')"
        + " ON CONFLICT (key_prefix, topic, author) DO UPDATE"
        + " SET body = excluded.body, expires_at = excluded.expires_at");
    unpinSql = schema.in(
        "DELETE FROM ${schema}.note" + " WHERE key_prefix = ? AND topic = ? AND author = ANY (?)");
    notesSql = schema.in("SELECT author, body FROM ${schema}.note"
        + " WHERE key_prefix = ? AND topic = ? AND expires_at > now()");
  }

  @Override
  public CompletionStage<Void> pin(String topic, String author, byte[] note, Duration life) {
    return call(session -> {
          Board.check(topic, note, life);
          try (PreparedStatement statement = session.prepare(pinSql)) {
            statement.setString(1, keyPrefix);
            statement.setString(2, topic);
            statement.setString(3, StoredText.of(author));
            statement.setBytes(4, note);
            statement.setLong(5, Lives.millis(life));
            return statement.executeUpdate();
          }
        })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> unpin(String topic, Collection<String> authors) {
    List<String> doomed = authors.stream().map(StoredText::of).toList();
    return call(session -> {
          Board.checkTopic(topic);
          try (PreparedStatement statement = session.prepare(unpinSql)) {
            statement.setString(1, keyPrefix);
            statement.setString(2, topic);
            statement.setArray(3, session.texts(doomed));
            return statement.executeUpdate();
          }
        })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Map<String, byte[]>> notes(String topic) {
    return call(session -> {
      Board.checkTopic(topic);
      Map<String, byte[]> found = new HashMap<>();
      try (PreparedStatement statement = session.prepare(notesSql)) {
        statement.setString(1, keyPrefix);
        statement.setString(2, topic);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found.put(StoredText.back(row.getString(1)), row.getBytes(2));
          }
        }
      }
      return found;
    });
  }

  private <T> CompletionStage<T> call(Database.Work<T> work) {
    return calls.submit(() -> database.call(work));
  }
}
