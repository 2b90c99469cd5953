package dev.larder.jdbc;

import dev.larder.testkit.BoardContract;
import dev.larder.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Notes in a real PostgreSQL. */
class JdbcBoardContractIT extends BoardContract {

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
