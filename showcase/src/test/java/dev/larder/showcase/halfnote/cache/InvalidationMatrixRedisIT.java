package dev.larder.showcase.halfnote.cache;

import dev.larder.LarderBuilder;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import org.junit.jupiter.api.AfterAll;

/** The matrix on Redis with the database tier behind it. */
class InvalidationMatrixRedisIT extends MatrixCells {
  private final EmbeddedRedis redis = EmbeddedRedis.start();

  @Override
  LarderBuilder tiers(LarderBuilder builder) {
    return builder
        .redis(redis.uri())
        .database(EmbeddedPostgreSql.shared().newDatabase().url());
  }

  @AfterAll
  void stop() {
    redis.close();
  }
}
