package dev.larder.jdbc;

import dev.larder.tier.StoreSetup;
import org.jspecify.annotations.Nullable;

/** Prepares PostgreSQL at the addresses that {@link JdbcStoreProvider} takes; needs its driver. */
public final class JdbcSetupProvider implements StoreSetup.Provider {

  /** For {@link java.util.ServiceLoader}. */
  public JdbcSetupProvider() {}

  @Override
  public @Nullable StoreSetup open(
      String address, @Nullable String user, @Nullable String password, @Nullable String schema) {
    return JdbcSetup.open(address, user, password, schema);
  }
}
