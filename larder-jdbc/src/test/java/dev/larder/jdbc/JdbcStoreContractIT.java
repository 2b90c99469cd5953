package dev.larder.jdbc;

import dev.larder.testkit.ServerStoreContract;
import dev.larder.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store in a real PostgreSQL. */
class JdbcStoreContractIT extends ServerStoreContract {

  private static PostgresDatabase database;

  @BeforeAll
  static void createDatabase() {
    database = PostgresDatabase.create();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @Override
  protected StoreFixture fixture() {
    return database;
  }
}
