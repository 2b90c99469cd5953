package dev.larder.jdbc;

import dev.larder.testkit.KeysContract;
import dev.larder.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Keys in a real PostgreSQL. */
class JdbcKeysContractIT extends KeysContract {

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
