package dev.larder.spring.boot;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.jdbc.JdbcSchema;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables of the database tier, where a store of larder-jdbc could not make them. */
final class DatabaseTables {

  private DatabaseTables() {}

  /**
   * Tells a database whose tables are missing, which time does not mend, from one that does not answer.
   *
   * @param url an address of its own; null for the data source
   * @param source the application's data source; null for the address
   * @throws ConfigurationException if it answers, the tables are missing, and it refuses to make them
   */
  static void require(@Nullable String url, @Nullable DataSource source) {
    String refusal;
    try {
      refusal = url != null
          ? JdbcSchema.at(url).refusal()
          : source != null ? JdbcSchema.of(source).refusal() : null;
    } catch (TierUnavailableException down) {
      return;
    }
    if (refusal != null) {
      throw new ConfigurationException(
          "larder.database: the tables of the database tier are missing and can't be made: "
              + refusal);
    }
  }
}
