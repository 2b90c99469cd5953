package dev.larder.cli.connect;

import dev.larder.Larder;
import dev.larder.LarderBuilder;

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
    return new Connection(larder.management(), larder::close);
  }
}
