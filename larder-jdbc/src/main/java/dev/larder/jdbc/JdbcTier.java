package dev.larder.jdbc;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots in a table, changed by single statements that name the nonce they expect.
 *
 * <p>A statement that meets a row in the hands of another waits for it and then judges the row as it
 * is by then (READ COMMITTED), so of two that expect the same nonce one wins. Statements over many
 * slots take them in the order of their keys. Times are the server's.
 *
 * <p>The table holds at most the cap, plus {@link #cullBatch} for each process, plus what one {@link
 * #fillAll} brings: only every so many fills the entries are counted. Placeholders do not count.
 */
final class JdbcTier implements Tier {

  private static final Logger LOGGER = LoggerFactory.getLogger(JdbcTier.class);

  /** A statement over many slots takes at most so many. */
  private static final int CHUNK_SLOTS = 1_000;

  /** A statement over many entries is not begun with more bytes than these. */
  private static final int CHUNK_BYTES = 8 << 20;

  private static final String LIFE = "now() + ? * interval '1 millisecond'";

  private final Database database;
  private final Calls calls;
  private final String keyPrefix;
  private final int maxEntries;
  private final int cullFrequency;
  private final int cullBatch;
  private final KeySteps keySteps;
  private final AtomicInteger filled = new AtomicInteger();

  private final String readSql;
  private final String readAllSql;
  private final String plantSql;
  private final String plantAllSql;
  private final String replaceSql;
  private final String overwriteSql;
  private final String fillSql;
  private final String fillAllSql;
  private final String releaseSql;
  private final String deleteSql;
  private final String touchSql;
  private final String sizeSql;
  private final String cullSql;

  /**
   * Slots under one key prefix.
   *
   * @param maxEntries the cap, 1 or more
   * @param cullFrequency one in so many goes when there are too many; 0: all
   */
  JdbcTier(Database database, Calls calls, String keyPrefix, int maxEntries, int cullFrequency) {
    this.database = database;
    this.calls = calls;
    this.keyPrefix = StoredText.of(keyPrefix);
    this.maxEntries = maxEntries;
    this.cullFrequency = cullFrequency;
    cullBatch = cullBatch(maxEntries);
    SchemaName schema = database.schema();
    readSql = schema.in("SELECT nonce, body FROM ${schema}.entry"
        + " WHERE key_prefix = ? AND slot = ? AND expires_at > now()");
    readAllSql = schema.in("SELECT slot, nonce, body FROM ${schema}.entry"
        + " WHERE key_prefix = ? AND slot = ANY (?) AND expires_at > now()");
    String insert = "INSERT INTO ${schema}.entry AS e"
        + " (key_prefix, slot, nonce, body, written_at, expires_at) ";
    String upsert = " ON CONFLICT (key_prefix, slot) DO UPDATE SET nonce = excluded.nonce,"
        + " body = NULL, written_at = excluded.written_at, expires_at = excluded.expires_at";
    String ifExpired = " WHERE e.expires_at <= now()";
    String values = "VALUES (?, ?, ?, NULL, now(), " + LIFE + ")";
    plantSql = schema.in(insert + values + upsert + ifExpired);
    overwriteSql = schema.in(insert + values + upsert);
    plantAllSql = schema.in(insert + "SELECT ?, p.slot, p.nonce, NULL, now(), " + LIFE
        + " FROM unnest(?, ?) AS p(slot, nonce) ORDER BY p.slot COLLATE \"C\"" + upsert + ifExpired
        + " RETURNING e.slot");
    String set = "UPDATE ${schema}.entry SET nonce = ?, body = ?, written_at = now(),"
        + " expires_at = " + LIFE;
    String ifHeld = " WHERE key_prefix = ? AND slot = ? AND nonce = ? AND expires_at > now()";
    fillSql = schema.in(set + ifHeld);
    replaceSql = schema.in("UPDATE ${schema}.entry SET nonce = ?, body = NULL, written_at = now(),"
        + " expires_at = " + LIFE + ifHeld);
    fillAllSql = schema.in("WITH held AS MATERIALIZED ("
        + " SELECT e.slot, f.expected, f.nonce, f.body, f.life"
        + " FROM unnest(?, ?, ?, ?, ?) AS f(slot, expected, nonce, body, life)"
        + " JOIN ${schema}.entry e ON e.key_prefix = ? AND e.slot = f.slot"
        + " WHERE e.nonce = f.expected AND e.expires_at > now() ORDER BY e.slot FOR UPDATE OF e)"
        + " UPDATE ${schema}.entry e SET nonce = h.nonce, body = h.body, written_at = now(),"
        + " expires_at = now() + h.life * interval '1 millisecond'"
        + " FROM held h WHERE e.key_prefix = ? AND e.slot = h.slot AND e.nonce = h.expected"
        + " RETURNING e.slot");
    releaseSql = schema.in("DELETE FROM ${schema}.entry" + ifHeld);
    deleteSql = schema.in("WITH held AS MATERIALIZED ("
        + " SELECT e.slot FROM ${schema}.entry e WHERE e.key_prefix = ? AND e.slot = ANY (?)"
        + " ORDER BY e.slot FOR UPDATE)"
        + " DELETE FROM ${schema}.entry e USING held h WHERE e.key_prefix = ? AND e.slot = h.slot");
    touchSql = schema.in("UPDATE ${schema}.entry SET expires_at = " + LIFE + ifHeld);
    keySteps = new KeySteps(schema, this.keyPrefix);
    sizeSql = schema.in("SELECT count(*) FROM ${schema}.entry"
        + " WHERE key_prefix = ? AND starts_with(slot, ?) AND expires_at > now()");
    cullSql = schema.in("SELECT ${schema}.cull(?, ?, ?)");
  }

  /** After how many fills of one process the entries are counted: 1 for a cap under 128, at most 256. */
  static int cullBatch(int maxEntries) {
    return Math.max(1, Math.min(256, maxEntries / 64));
  }

  @Override
  public CompletionStage<Slot> read(String key) {
    return call(session -> {
      try (PreparedStatement statement = session.prepare(readSql)) {
        statement.setString(1, keyPrefix);
        statement.setString(2, StoredText.of(key));
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? slot(row.getLong(1), row.getBytes(2)) : Slot.Empty.FREE;
        }
      }
    });
  }

  @Override
  public CompletionStage<Map<String, Slot>> readAll(Collection<String> keys) {
    List<String> asked = List.copyOf(keys);
    return call(session -> {
      Map<String, Slot> found = new HashMap<>();
      for (String key : asked) {
        found.put(key, Slot.Empty.FREE);
      }
      for (List<String> chunk : chunks(asked)) {
        try (PreparedStatement statement = session.prepare(readAllSql)) {
          statement.setString(1, keyPrefix);
          statement.setArray(2, session.texts(stored(chunk)));
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              found.put(StoredText.back(row.getString(1)), slot(row.getLong(2), row.getBytes(3)));
            }
          }
        }
      }
      return found;
    });
  }

  @Override
  public CompletionStage<Boolean> plant(
      String key, @Nullable Long expected, long nonce, Duration life) {
    return call(session -> {
      checkNonce(nonce);
      boolean replace = expected != null && expected != 0;
      String sql = replace ? replaceSql : expected == null ? overwriteSql : plantSql;
      try (PreparedStatement statement = session.prepare(sql)) {
        if (expected != null && replace) {
          statement.setLong(1, nonce);
          statement.setLong(2, Lives.millis(life));
          setHeld(statement, 3, key, expected);
        } else {
          statement.setString(1, keyPrefix);
          statement.setString(2, StoredText.of(key));
          statement.setLong(3, nonce);
          statement.setLong(4, Lives.millis(life));
        }
        return statement.executeUpdate() == 1;
      }
    });
  }

  @Override
  public CompletionStage<Collection<String>> plantAll(Map<String, Long> nonces, Duration life) {
    Map<String, Long> wanted = Map.copyOf(nonces);
    return call(session -> {
      wanted.values().forEach(JdbcTier::checkNonce);
      Collection<String> planted = new ArrayList<>();
      for (List<String> chunk : chunks(List.copyOf(wanted.keySet()))) {
        try (PreparedStatement statement = session.prepare(plantAllSql)) {
          statement.setString(1, keyPrefix);
          statement.setLong(2, Lives.millis(life));
          statement.setArray(3, session.texts(stored(chunk)));
          statement.setArray(4, session.longs(chunk.stream().map(wanted::get).toList()));
          addSlots(statement, planted);
        }
      }
      return planted;
    });
  }

  @Override
  public CompletionStage<Boolean> fill(String key, long expected, Fill fill) {
    return call(session -> {
      checkNonce(fill.nonce());
      boolean stored;
      try (PreparedStatement statement = session.prepare(fillSql)) {
        statement.setLong(1, fill.nonce());
        statement.setBytes(2, fill.body());
        statement.setLong(3, Lives.millis(fill.life()));
        setHeld(statement, 4, key, expected);
        stored = statement.executeUpdate() == 1;
      }
      cullAfter(session, stored ? 1 : 0);
      return stored;
    });
  }

  @Override
  public CompletionStage<Collection<String>> fillAll(
      Map<String, Long> expected, Map<String, Fill> fills) {
    Map<String, Fill> wanted = Map.copyOf(fills);
    Map<String, Long> nonces = Map.copyOf(expected);
    return call(session -> {
      wanted.values().forEach(fill -> checkNonce(fill.nonce()));
      Collection<String> stored = new ArrayList<>();
      for (List<String> chunk : chunksBySize(wanted)) {
        List<Fill> bodies = chunk.stream().map(wanted::get).toList();
        try (PreparedStatement statement = session.prepare(fillAllSql)) {
          statement.setArray(1, session.texts(stored(chunk)));
          statement.setArray(
              2,
              session.longs(
                  chunk.stream().map(key -> nonces.getOrDefault(key, 0L)).toList()));
          statement.setArray(3, session.longs(bodies.stream().map(Fill::nonce).toList()));
          statement.setArray(4, session.bodies(bodies.stream().map(Fill::body).toList()));
          statement.setArray(
              5,
              session.longs(
                  bodies.stream().map(fill -> Lives.millis(fill.life())).toList()));
          statement.setString(6, keyPrefix);
          statement.setString(7, keyPrefix);
          addSlots(statement, stored);
        }
      }
      cullAfter(session, stored.size());
      return stored;
    });
  }

  @Override
  public CompletionStage<Boolean> release(String key, long expected) {
    return call(session -> {
      try (PreparedStatement statement = session.prepare(releaseSql)) {
        setHeld(statement, 1, key, expected);
        return statement.executeUpdate() == 1;
      }
    });
  }

  @Override
  public CompletionStage<Void> delete(Collection<String> keys) {
    List<String> doomed = List.copyOf(keys);
    return this.<Integer>call(session -> {
          int deleted = 0;
          for (List<String> chunk : chunks(doomed)) {
            try (PreparedStatement statement = session.prepare(deleteSql)) {
              statement.setString(1, keyPrefix);
              statement.setArray(2, session.texts(stored(chunk)));
              statement.setString(3, keyPrefix);
              deleted += statement.executeUpdate();
            }
          }
          return deleted;
        })
        .thenAccept(deleted -> {});
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long expected, Duration life) {
    return call(session -> {
      try (PreparedStatement statement = session.prepare(touchSql)) {
        statement.setLong(1, Lives.millis(life));
        setHeld(statement, 2, key, expected);
        return statement.executeUpdate() == 1;
      }
    });
  }

  @Override
  public CompletionStage<KeyPage> keys(String prefix, String contains, String cursor, int limit) {
    return call(session -> keySteps.page(session, prefix, contains, cursor, limit));
  }

  /** {@inheritDoc} Exact here, placeholders included. */
  @Override
  public CompletionStage<Long> size(String prefix) {
    return call(session -> {
      try (PreparedStatement statement = session.prepare(sizeSql)) {
        statement.setString(1, keyPrefix);
        statement.setString(2, StoredText.of(prefix));
        return onlyLong(statement);
      }
    });
  }

  private <T> CompletionStage<T> call(Database.Work<T> work) {
    return calls.submit(() -> database.call(work));
  }

  private void cullAfter(Session session, int stored) {
    if (stored == 0 || filled.addAndGet(stored) < cullBatch) {
      return;
    }
    filled.set(0);
    try (PreparedStatement statement = session.prepare(cullSql)) {
      statement.setString(1, keyPrefix);
      statement.setLong(2, maxEntries);
      statement.setInt(3, cullFrequency);
      onlyLong(statement);
    } catch (SQLException e) {
      // What was to be stored is stored; the next batch tries again.
      LOGGER.warn("entries of {} were not culled: {}", keyPrefix, e.getMessage());
    }
  }

  private void setHeld(PreparedStatement statement, int first, String key, long nonce)
      throws SQLException {
    statement.setString(first, keyPrefix);
    statement.setString(first + 1, StoredText.of(key));
    statement.setLong(first + 2, nonce);
  }

  private static Slot slot(long nonce, byte @Nullable [] body) {
    return body == null
        ? new Slot.Placeholder(nonce)
        : new Slot.Filled(nonce, ByteBuffer.wrap(body));
  }

  private static void checkNonce(long nonce) {
    if (nonce == 0) {
      throw new IllegalArgumentException("nonce: 0 is reserved");
    }
  }

  private static long onlyLong(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void addSlots(PreparedStatement statement, Collection<String> slots)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        slots.add(StoredText.back(row.getString(1)));
      }
    }
  }

  private static List<String> stored(List<String> keys) {
    return keys.stream().map(StoredText::of).toList();
  }

  private static List<List<String>> chunks(List<String> keys) {
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += CHUNK_SLOTS) {
      chunks.add(keys.subList(from, Math.min(keys.size(), from + CHUNK_SLOTS)));
    }
    return chunks;
  }

  private static List<List<String>> chunksBySize(Map<String, Fill> fills) {
    List<List<String>> chunks = new ArrayList<>();
    List<String> chunk = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<String, Fill> fill : fills.entrySet()) {
      if (chunk.size() == CHUNK_SLOTS || bytes > CHUNK_BYTES) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        bytes = 0;
      }
      chunk.add(fill.getKey());
      bytes += fill.getValue().body().length;
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }
}
