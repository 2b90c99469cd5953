package dev.larder.jdbc;

import dev.larder.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The checked name of the schema that Larder's tables lie in.
 *
 * @param name lower-case letters, digits and underscores, not beginning with a digit, at most 63
 */
record SchemaName(String name) {

  private static final Pattern SHAPE = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  SchemaName {
    if (!SHAPE.matcher(name).matches()
        || name.equals("public")
        || name.equals("information_schema")
        || name.startsWith("pg_")) {
      // Not public either: entry and log are names that an application may use itself.
      throw new ConfigurationException(
          "schema: '" + name + "' must be a schema of its own, named by"
              + " at most 63 lower-case letters, digits and underscores");
    }
  }

  /** The name as it stands in statements. */
  String quoted() {
    return '"' + name + '"';
  }

  /** A statement with every {@code ${schema}} replaced. */
  String in(String sql) {
    return sql.replace("${schema}", quoted());
  }

  /** A resource of this package, with every {@code ${schema}} replaced. */
  String resource(String file) {
    try (InputStream in = SchemaName.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("resource " + file + " is missing from larder-jdbc");
      }
      return in(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
