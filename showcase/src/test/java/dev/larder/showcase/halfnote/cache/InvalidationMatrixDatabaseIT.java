package dev.larder.showcase.halfnote.cache;

import dev.larder.LarderBuilder;
import dev.larder.testkit.EmbeddedPostgreSql;

/** The matrix on the database tier alone. */
class InvalidationMatrixDatabaseIT extends MatrixCells {
  @Override
  LarderBuilder tiers(LarderBuilder builder) {
    return builder.database(EmbeddedPostgreSql.shared().newDatabase().url());
  }
}
