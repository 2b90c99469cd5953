package dev.larder.jdbc;

import dev.larder.TierUnavailableException;
import dev.larder.tier.StoreSetup;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Prepares a PostgreSQL at an address: {@link JdbcSchema} and {@link JdbcTriggers}. */
final class JdbcSetup implements StoreSetup {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Address address;
  private final String schema;
  private final DataSource dataSource;

  private JdbcSetup(Address address, String schema, DataSource dataSource) {
    this.address = address;
    this.schema = schema;
    this.dataSource = dataSource;
  }

  static @Nullable JdbcSetup open(
      String text, @Nullable String user, @Nullable String password, @Nullable String schema) {
    Address parsed = Address.parse(text);
    if (parsed == null) {
      return null;
    }
    Address address = new Address(
        parsed.url(),
        user == null ? parsed.user() : user,
        password == null ? parsed.password() : password);
    String name = new SchemaName(schema == null ? JdbcSchema.DEFAULT_NAME : schema).name();
    DataSource dataSource = Driver.at(address, TIMEOUT);
    try (Connection connection = dataSource.getConnection()) {
      if (!connection.isValid((int) TIMEOUT.toSeconds())) {
        throw new TierUnavailableException(address + " does not answer", null);
      }
    } catch (SQLException failure) {
      throw new TierUnavailableException(address + ": " + failure.getMessage(), failure);
    }
    return new JdbcSetup(address, name, dataSource);
  }

  @Override
  public String shown() {
    return address.toString();
  }

  @Override
  public String schema() {
    return schema;
  }

  @Override
  public boolean isComplete() {
    return JdbcSchema.of(dataSource, schema).exists();
  }

  @Override
  public List<String> schemaStatements() {
    return JdbcSchema.of(dataSource, schema).createStatements();
  }

  @Override
  public void createSchema() {
    JdbcSchema.of(dataSource, schema).create();
  }

  @Override
  public List<String> triggerStatements(String keyPrefix, String table, List<String> tags) {
    JdbcTriggers triggers = JdbcTriggers.of(dataSource, schema, keyPrefix);
    return tags.isEmpty() ? triggers.dropStatements(table) : triggers.createStatements(table, tags);
  }

  @Override
  public void setTriggers(String keyPrefix, String table, List<String> tags) {
    JdbcTriggers triggers = JdbcTriggers.of(dataSource, schema, keyPrefix);
    if (tags.isEmpty()) {
      triggers.drop(table);
    } else {
      triggers.create(table, tags);
    }
  }
}
