package dev.larder.spring.boot;

import dev.larder.ConfigurationException;
import dev.larder.LarderBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The database that the database tier is to use.
 *
 * @param url an address of its own; null for the data source
 * @param source the application's data source; null for the address
 */
record FoundDatabase(@Nullable String url, @Nullable DataSource source) {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.boot");
  private static final String STORE = "dev.larder.jdbc.JdbcStore";

  /**
   * The database, or null where none is to be used.
   *
   * @throws ConfigurationException if one is asked for that there is not
   */
  static @Nullable FoundDatabase find(
      LarderProperties.Database properties,
      ObjectProvider<DataSource> sources,
      Environment environment) {
    Boolean enabled = properties.enabled();
    if (Boolean.FALSE.equals(enabled)) {
      return null;
    }
    if (StringUtils.hasText(properties.url())) {
      return new FoundDatabase(properties.url(), null);
    }
    boolean isAsked = Boolean.TRUE.equals(enabled);
    if (!ClassUtils.isPresent(STORE, FoundDatabase.class.getClassLoader())) {
      if (isAsked) {
        throw new ConfigurationException("larder.database.enabled=true: nothing on the class path"
            + " opens this address; add larder-jdbc");
      }
      return null;
    }
    DataSource source = sources.getIfUnique();
    if (source == null) {
      if (isAsked) {
        throw new ConfigurationException("larder.database.enabled=true: there is "
            + (sources.stream().findAny().isPresent()
                ? "more than one DataSource and none is @Primary"
                : "no DataSource")
            + "; configure one, or set larder.database.url");
      }
      return null;
    }
    return isAsked || isPostgreSql(source, environment) ? new FoundDatabase(null, source) : null;
  }

  private static boolean isPostgreSql(DataSource source, Environment environment) {
    try (Connection connection = source.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      boolean isPostgreSql = "PostgreSQL".equals(product);
      if (!isPostgreSql) {
        logger.info(
            "The database tier needs PostgreSQL and the DataSource is {}; it is not used", product);
      }
      return isPostgreSql;
    } catch (SQLException down) {
      // It may only be late. Its address tells what it will be.
      return environment.getProperty("spring.datasource.url", "").startsWith("jdbc:postgresql:");
    }
  }

  void addTo(LarderBuilder builder) {
    if (url != null) {
      builder.database(url);
    } else if (source != null) {
      builder.database(source);
    }
  }

  /** The address without user, password and options. */
  @Override
  public String toString() {
    if (url != null) {
      return RedisAddresses.Found.plain(url);
    }
    return "the DataSource bean";
  }
}
