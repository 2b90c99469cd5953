package dev.larder.cli.connect;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.tier.Store;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A store by itself, without a larder on it.
 *
 * @param store what was opened
 * @param place its address, without secrets
 */
public record OpenStore(Store store, String place) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Opens each store of a target. One that does not answer is no error here.
   *
   * @throws Fault if nothing takes an address
   */
  public static List<OpenStore> all(Target.Stores target) {
    StoreSettings usual = StoreSettings.ofDefaults(target.prefix());
    // A person waits, and a busy machine is not to be taken for a server that is gone.
    StoreSettings settings =
        new StoreSettings(usual.keyPrefix(), PATIENCE, usual.retainedRecords(), usual.maxEntries());
    List<OpenStore> opened = new ArrayList<>();
    try {
      open(target.redis(), settings, opened);
      open(target.database(), settings, opened);
    } catch (RuntimeException failure) {
      opened.forEach(OpenStore::close);
      throw failure;
    }
    return opened;
  }

  private static void open(
      @Nullable String address, StoreSettings settings, List<OpenStore> opened) {
    if (address == null) {
      return;
    }
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      Store store = provider.open(address, settings);
      if (store != null) {
        opened.add(new OpenStore(store, Addresses.shown(address)));
        return;
      }
    }
    throw new Fault(
        ExitCode.USAGE,
        "no store takes the address " + Addresses.shown(address),
        "",
        "it begins with redis://, rediss://, valkey://, postgres:// or jdbc:postgresql:");
  }

  @Override
  public void close() {
    store.close();
  }
}
