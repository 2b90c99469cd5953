package dev.larder.redis;

import dev.larder.testkit.BoardContract;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.testkit.ForeignBytesContract;
import dev.larder.testkit.InvalidationLogContract;
import dev.larder.testkit.KeysContract;
import dev.larder.testkit.ServerStoreContract;
import dev.larder.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class Redis62ContractIT {

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  private static StoreFixture stores() {
    return keyPrefix -> Stores.open(redis, keyPrefix);
  }

  @Nested
  class TierIT extends ForeignBytesContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }

    @Override
    protected void putForeign(String key) {
      redis.command("SET", key, "not larder's");
    }
  }

  @Nested
  class LogIT extends InvalidationLogContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }

  @Nested
  class BoardIT extends BoardContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }

  @Nested
  class KeysIT extends KeysContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }

  @Nested
  class StoreIT extends ServerStoreContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }
}
