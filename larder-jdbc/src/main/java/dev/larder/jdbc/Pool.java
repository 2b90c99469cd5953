package dev.larder.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.tier.StoreSettings;
import javax.sql.DataSource;

/** A small pool of HikariCP. Loaded only where that library is on the class path. */
final class Pool {

  private static final int CONNECTIONS = Calls.THREADS + 2;

  /** HikariCP takes no shorter ones. */
  private static final long LEAST_TIMEOUT_MILLIS = 250;

  private Pool() {}

  /** A store that closes its pool. The pool connects when it is asked. */
  static JdbcStore store(DataSource driver, StoreSettings settings) {
    long millis = Math.max(LEAST_TIMEOUT_MILLIS, settings.commandTimeout().toMillis());
    HikariConfig config = new HikariConfig();
    // The data source and not its address, which Hikari would log.
    config.setDataSource(driver);
    config.setPoolName("larder-" + settings.keyPrefix());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(millis);
    config.setValidationTimeout(millis);
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    try {
      return JdbcStore.builder(pool, settings).owned(pool::close).build();
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }
}
