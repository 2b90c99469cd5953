package dev.larder.showcase.data;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Streams rows into one table by {@code COPY … FROM STDIN}, in text form, about 64 KiB at a time.
 *
 * <p>The rows and the emptying of the table are one transaction, so that they can be written frozen
 * and need no vacuum. It uses the connection alone until {@link #finish} commits; closing that
 * connection before drops all rows. Not safe for use by many threads.
 */
public final class CopyStream {
  private static final int CHUNK = 1 << 16;

  private final Connection connection;
  private final CopyIn copy;
  private final StringBuilder chunk = new StringBuilder(CHUNK + 4096);
  private boolean rowBegun;

  public CopyStream(Connection connection, String table, String... columns) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE " + table);
    }
    copy = connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN WITH (FREEZE)");
  }

  public CopyStream number(long value) {
    separate();
    chunk.append(value);
    return this;
  }

  public CopyStream flag(boolean value) {
    separate();
    chunk.append(value ? 't' : 'f');
    return this;
  }

  public CopyStream time(Instant value) {
    separate();
    chunk.append(value);
    return this;
  }

  public CopyStream nothing() {
    separate();
    chunk.append("\\N");
    return this;
  }

  public CopyStream numberOrNothing(@Nullable Long value) {
    return value == null ? nothing() : number(value);
  }

  public CopyStream text(String value) {
    separate();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> chunk.append("\\\\");
        case '\t' -> chunk.append("\\t");
        case '\n' -> chunk.append("\\n");
        case '\r' -> chunk.append("\\r");
        default -> chunk.append(c);
      }
    }
    return this;
  }

  /** An array of plain words: letters, digits and hyphens. */
  public CopyStream words(List<String> values) {
    return text("{" + String.join(",", values) + "}");
  }

  public void endRow() throws SQLException {
    chunk.append('\n');
    rowBegun = false;
    if (chunk.length() >= CHUNK) {
      send();
    }
  }

  public void finish() throws SQLException {
    send();
    copy.endCopy();
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void separate() {
    if (rowBegun) {
      chunk.append('\t');
    }
    rowBegun = true;
  }

  private void send() throws SQLException {
    byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    chunk.setLength(0);
  }
}
