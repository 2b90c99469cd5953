package dev.larder.jdbc;

import dev.larder.ConfigurationException;
import dev.larder.tier.Store;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens {@link JdbcStore} with default settings: in a data source, or at an address {@code
 * postgres://user:password@host:port/database} or {@code jdbc:postgresql://…}.
 *
 * <p>An address needs the driver org.postgresql on the class path. Where HikariCP is there too the store
 * gets a small pool, which is closed with it; otherwise each call connects anew.
 */
public final class JdbcStoreProvider implements StoreProvider {

  private static final Logger LOGGER = LoggerFactory.getLogger(JdbcStoreProvider.class);

  /** For {@link java.util.ServiceLoader}. */
  public JdbcStoreProvider() {}

  @Override
  public @Nullable Store open(String address, StoreSettings settings) {
    Address parsed = Address.parse(address);
    if (parsed == null) {
      return null;
    }
    if (isMissing("org.postgresql.ds.PGSimpleDataSource")) {
      throw new ConfigurationException(
          "database address: the driver org.postgresql:postgresql is not" + " on the class path");
    }
    DataSource driver = Driver.at(parsed, settings.commandTimeout());
    if (isMissing("com.zaxxer.hikari.HikariDataSource")) {
      LOGGER.warn("HikariCP is not on the class path: every call to {} opens a connection", parsed);
      return JdbcStore.builder(driver, settings).build();
    }
    return Pool.store(driver, settings);
  }

  @Override
  public Store open(DataSource dataSource, StoreSettings settings) {
    return JdbcStore.builder(dataSource, settings).build();
  }

  private static boolean isMissing(String type) {
    try {
      Class.forName(type, false, JdbcStoreProvider.class.getClassLoader());
      return false;
    } catch (ClassNotFoundException e) {
      return true;
    }
  }
}
