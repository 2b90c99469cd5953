package dev.larder.tier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store wants to find in its database, and how to make it: for programs that prepare a database
 * without caching anything, as the command line does. All methods block. Safe for many threads.
 *
 * <p>Methods that change something change all of it or nothing.
 */
public interface StoreSetup {

  /** Finds the setup for an address. Implementations are found by {@link java.util.ServiceLoader}. */
  interface Provider {

    /**
     * Connects once, to see that the database answers; null if the scheme is not this provider's.
     *
     * @param address as a {@link StoreProvider} takes it
     * @param user in place of the address' own; null keeps that
     * @param password in place of the address' own; null keeps that
     * @param schema name of what holds the store's tables; null for the store's own default
     * @throws dev.larder.ConfigurationException if the address or the schema's name is wrong; the message
     *     holds no password
     * @throws dev.larder.TierUnavailableException if the database does not answer, or refuses the user
     */
    @Nullable StoreSetup open(
        String address, @Nullable String user, @Nullable String password, @Nullable String schema);
  }

  /** The address without secrets, for people. */
  String shown();

  /** Name of what holds the store's tables. */
  String schema();

  /**
   * Whether all of the store's tables are there.
   *
   * @throws dev.larder.TierUnavailableException if the database failed or refused
   */
  boolean isComplete();

  /** The statements that make the tables. */
  List<String> schemaStatements();

  /**
   * Makes the tables that are missing.
   *
   * @throws dev.larder.TierUnavailableException if the database failed or refused
   */
  void createSchema();

  /**
   * The statements that make the triggers of a table. Changes nothing.
   *
   * @param keyPrefix of the larder that is to hear of writes
   * @param table as in a statement
   * @param tags templates over the columns, {@code album:{id}}; none to drop the triggers instead
   * @throws dev.larder.ConfigurationException if there is no such table or column
   * @throws dev.larder.TierUnavailableException if the database failed or refused
   */
  List<String> triggerStatements(String keyPrefix, String table, List<String> tags);

  /**
   * Makes the triggers of a table, in place of those that it has; the tables have to be there.
   *
   * @param keyPrefix as in {@link #triggerStatements}
   * @param table as in {@link #triggerStatements}
   * @param tags as in {@link #triggerStatements}
   * @throws dev.larder.ConfigurationException if there is no such table or column
   * @throws dev.larder.TierUnavailableException if the database failed or refused
   */
  void setTriggers(String keyPrefix, String table, List<String> tags);
}
