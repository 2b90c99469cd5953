package dev.larder.jdbc;

import dev.larder.tier.Tier.KeyPage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps through the slots of a key prefix in the order of their keys. A cursor is the last key that was
 * looked at, so each step is one short walk of the primary key's index. Blocks.
 */
final class KeySteps {

  private final String keyPrefix;
  private final String sql;

  /**
   * @param keyPrefix in its stored form
   */
  KeySteps(SchemaName schema, String keyPrefix) {
    this.keyPrefix = keyPrefix;
    // No upper end: the first key beyond the prefix tells it.
    sql = schema.in("SELECT slot, expires_at > now() FROM ${schema}.entry"
        + " WHERE key_prefix = ? AND slot >= ? AND slot > ? ORDER BY slot LIMIT ?");
  }

  /** As {@link dev.larder.tier.Tier#keys}. One statement over at most {@code limit} rows. */
  KeyPage page(Session session, String prefix, String contains, String cursor, int limit)
      throws SQLException {
    KeyPage.checkLimit(limit);
    List<String> found = new ArrayList<>();
    String last = "";
    int rows = 0;
    try (PreparedStatement statement = session.prepare(sql)) {
      statement.setString(1, keyPrefix);
      statement.setString(2, StoredText.of(prefix));
      statement.setString(3, StoredText.of(cursor));
      statement.setInt(4, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          last = StoredText.back(row.getString(1));
          if (!last.startsWith(prefix)) {
            return new KeyPage(found, "");
          }
          rows++;
          if (row.getBoolean(2) && last.contains(contains)) {
            found.add(last);
          }
        }
      }
    }
    return new KeyPage(found, rows < limit ? "" : last);
  }
}
