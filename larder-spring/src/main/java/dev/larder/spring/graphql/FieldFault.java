package dev.larder.spring.graphql;

import dev.larder.ConfigurationException;
import graphql.schema.FieldCoordinates;
import org.jspecify.annotations.Nullable;

/** What is wrong with a directive, in one sentence that names it, its field and the mend. */
final class FieldFault {

  private FieldFault() {}

  static ConfigurationException of(
      String directive, FieldCoordinates field, String what, String mend) {
    return of(directive, field, what, mend, null);
  }

  static ConfigurationException of(
      String directive,
      FieldCoordinates field,
      String what,
      String mend,
      @Nullable Throwable cause) {
    return new ConfigurationException(
        "@" + directive + " on " + name(field) + ": " + what + "; " + mend, cause);
  }

  static String name(FieldCoordinates field) {
    return field.getTypeName() + "." + field.getFieldName();
  }
}
