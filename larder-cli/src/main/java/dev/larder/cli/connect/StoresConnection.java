package dev.larder.cli.connect;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.stats.TierStats;
import java.util.List;

/** Opens stores without an application: a node of a larder that has no caches. */
final class StoresConnection {

  private StoresConnection() {}

  static Connection open(Target.Stores stores) {
    LarderBuilder builder = Larder.builder().keyPrefix(stores.prefix());
    String redis = stores.redis();
    if (redis != null) {
      builder.redis(redis);
    }
    String database = stores.database();
    if (database != null) {
      builder.database(database);
    }
    Larder larder = builder.build();
    List<String> silent = larder.tiers().stream()
        .filter(it -> !it.isConfirmed())
        .map(it -> it.tier() + " (" + it.store() + ", " + address(it, stores) + ")")
        .toList();
    if (silent.size() == larder.tiers().size()) {
      larder.close();
      throw new ManagementException(
          Reason.UNREACHABLE,
          String.join(" and ", silent) + (silent.size() == 1 ? " does" : " do") + " not answer");
    }
    return new Connection(
        larder.management(),
        larder::close,
        silent.stream()
            .map(it -> it + " does not answer; what is shown is of the other store")
            .toList());
  }

  private static String address(TierStats tier, Target.Stores stores) {
    String address = switch (tier.tier()) {
      case L2 -> stores.redis();
      case DATABASE -> stores.database();
      default -> null;
    };
    return address == null ? "" : Addresses.shown(address);
  }
}
