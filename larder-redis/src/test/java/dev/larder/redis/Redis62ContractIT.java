package dev.larder.redis;

import dev.larder.testkit.ForeignBytesContract;
import dev.larder.testkit.InvalidationLogContract;
import dev.larder.testkit.ServerStoreContract;
import dev.larder.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class Redis62ContractIT {

  private static RedisProcess redis;

  @BeforeAll
  static void start() {
    redis = RedisProcess.embedded();
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  @Nested
  class TierIT extends ForeignBytesContract {
    @Override
    protected StoreFixture fixture() {
      return redis::store;
    }

    @Override
    protected void putForeign(String key) {
      redis.ask(commands -> commands.set(key, "not larder's"));
    }
  }

  @Nested
  class LogIT extends InvalidationLogContract {
    @Override
    protected StoreFixture fixture() {
      return redis::store;
    }
  }

  @Nested
  class StoreIT extends ServerStoreContract {
    @Override
    protected StoreFixture fixture() {
      return redis::store;
    }
  }
}
