package dev.larder.showcase.start;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.halfnote.HalfnoteSettings;
import dev.larder.showcase.halfnote.trace.CountedDataSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The pool, and the counted view of it that the application reads its source through. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
  @Bean
  HikariDataSource pool(Environment environment, HalfnoteSettings settings) {
    String value = environment.getProperty(DatabaseAddress.VARIABLE);
    return Database.open(DatabaseAddress.parse(value), settings.connections());
  }

  @Bean
  @Primary
  DataSource source(HikariDataSource pool) {
    return CountedDataSource.forSource(pool);
  }
}
