package dev.larder.jdbc;

import dev.larder.testkit.StoreFixture;
import dev.larder.testkit.TierContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The tier in a real PostgreSQL. */
class JdbcTierContractIT extends TierContract {

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
