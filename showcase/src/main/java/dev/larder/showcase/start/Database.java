package dev.larder.showcase.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/** Opens the connection pool. */
public final class Database {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private Database() {}

  /**
   * A pool with one connection open. The caller closes it.
   *
   * @param connections the most there will be
   * @throws StartFailure if the server cannot be reached or refuses, within 5 seconds
   */
  public static HikariDataSource open(DatabaseAddress address, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("showcase");
    config.setJdbcUrl(address.jdbcUrl());
    if (address.user() != null) {
      config.setUsername(address.user());
    }
    if (address.password() != null) {
      config.setPassword(address.password());
    }
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    config.addDataSourceProperty("ApplicationName", "larder-showcase");
    config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw address.refused(reason(cause), e);
    } catch (RuntimeException e) {
      // The driver does not take the address at all; its message may repeat the password.
      throw address.refused("the PostgreSQL driver does not accept this address", e);
    }
  }

  private static String reason(Throwable cause) {
    String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
    if (cause.getCause() instanceof UnknownHostException) {
      return "there is no host of this name";
    }
    if (state == null) {
      return "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s";
    }
    return switch (state) {
      case "08001", "08006" -> "no PostgreSQL server answers there";
      case "28P01", "28000" -> "the server does not accept this user and password";
      case "3D000" -> "the server has no database of this name";
      case "53300" -> "the server has no connection left";
      default -> "the server refuses (SQL state " + state + ")";
    };
  }
}
