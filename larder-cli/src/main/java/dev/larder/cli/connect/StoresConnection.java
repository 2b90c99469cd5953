package dev.larder.cli.connect;

import dev.larder.manage.ManagementException;

/** Opens stores without an application: a node of a larder that has no caches. */
final class StoresConnection {

  private StoresConnection() {}

  static Connection open(Target.Stores stores) {
    throw new ManagementException(
        ManagementException.Reason.REFUSED, "stores cannot be asked yet: " + stores);
  }
}
