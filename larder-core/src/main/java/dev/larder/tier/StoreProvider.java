package dev.larder.tier;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores from what a configuration has: an address or a data source. Found by {@link
 * java.util.ServiceLoader}, so that core needs no driver.
 */
public interface StoreProvider {

  /**
   * Opens a store for an address, or returns null if the scheme is not this provider's.
   *
   * @param address for example {@code redis://localhost:6379/0}
   * @param settings names and limits
   * @throws dev.larder.ConfigurationException if the scheme is this provider's but the address is
   *     wrong. An unreachable server is no error here: the tier is degraded until it answers
   */
  @Nullable Store open(String address, StoreSettings settings);

  /** Opens a store in a database, or returns null if this provider has nothing to do with those. */
  @Nullable Store open(DataSource dataSource, StoreSettings settings);
}
