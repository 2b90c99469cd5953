package dev.larder.jdbc;

import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Data sources of org.postgresql. Loaded only where that driver is on the class path. */
final class Driver {

  private Driver() {}

  /**
   * A data source that makes a connection for each request.
   *
   * @throws dev.larder.ConfigurationException if the driver does not understand the address
   */
  static DataSource at(Address address, Duration timeout) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    try {
      driver.setUrl(address.url());
    } catch (IllegalArgumentException e) {
      // Its message repeats the address with everything in it.
      throw Address.wrong("the driver does not understand it");
    }
    if (address.user() != null) {
      driver.setUser(address.user());
    }
    if (address.password() != null) {
      driver.setPassword(address.password());
    }
    driver.setApplicationName("larder");
    driver.setConnectTimeout((int) Math.max(1, (timeout.toMillis() + 999) / 1_000));
    driver.setTcpKeepAlive(true);
    return driver;
  }
}
