package dev.larder.redis;

import dev.larder.tier.Store;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link RedisStore} for addresses that begin with {@code redis} or {@code valkey}. Has
 * nothing to do with data sources.
 */
public final class RedisStoreProvider implements StoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public RedisStoreProvider() {}

  @Override
  public @Nullable Store open(String address, StoreSettings settings) {
    return RedisAddress.isMeant(address)
        ? RedisStore.builder().uri(address).settings(settings).build()
        : null;
  }

  @Override
  public @Nullable Store open(DataSource dataSource, StoreSettings settings) {
    return null;
  }
}
