package dev.larder.showcase;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.start.Database;
import dev.larder.showcase.start.DatabaseAddress;
import dev.larder.showcase.trace.CountedDataSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The pool, and the counted view of it that the applications read their sources through. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
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
    return Database.open(address, connections);
  }

  @Bean
  @Primary
  DataSource source(HikariDataSource pool) {
    return CountedDataSource.of(pool);
  }
}
