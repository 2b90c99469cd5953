package dev.larder.showcase.host;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.start.Database;
import dev.larder.showcase.start.DatabaseAddress;
import dev.larder.showcase.start.StartFailure;
import dev.larder.showcase.trace.CountedDataSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The pool, and the counted view of it that the applications read their sources through. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
  /** Loading the data set takes seven at once. */
  private static final int LEAST_CONNECTIONS = 8;

  private static final int GREATEST_CONNECTIONS = 200;

  @Bean
  DatabaseAddress databaseAddress(Environment environment) {
    return DatabaseAddress.parse(environment.getProperty(DatabaseAddress.VARIABLE));
  }

  /**
   * The pool of all connections. Property {@code showcase.connections}: the most there are, default
   * 10, 8 to 200.
   */
  @Bean
  HikariDataSource pool(DatabaseAddress address, Environment environment) {
    String connections = environment.getProperty("showcase.connections", "10");
    if (!connections.matches("\\d{1,3}")
        || Integer.parseInt(connections) < LEAST_CONNECTIONS
        || Integer.parseInt(connections) > GREATEST_CONNECTIONS) {
      throw new StartFailure(
          "showcase.connections is "
              + connections
              + ", must be "
              + LEAST_CONNECTIONS
              + " to "
              + GREATEST_CONNECTIONS
              + ".",
          "Correct this property.",
          null);
    }
    return Database.open(address, Integer.parseInt(connections));
  }

  @Bean
  @Primary
  DataSource source(HikariDataSource pool) {
    return CountedDataSource.of(pool);
  }
}
