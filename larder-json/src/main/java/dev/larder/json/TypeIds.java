package dev.larder.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.larder.ConfigurationException;
import java.util.function.Function;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** How bytes name the subtype of a value. */
final class TypeIds {

  private TypeIds() {}

  /** Refuses ids that are, or may be, names of classes. */
  static void check(TypeDeserializer ids, Function<String, ConfigurationException> refusal) {
    JsonTypeInfo.Id mechanism = ids.getTypeIdResolver().getMechanism();
    switch (mechanism) {
      case NAME, SIMPLE_NAME, DEDUCTION -> {}
      default ->
        throw refusal.apply("type ids of the kind "
            + mechanism
            + " let stored bytes choose classes; use @JsonTypeInfo(use = Id.NAME) and"
            + " @JsonSubTypes");
    }
  }

  static String text(TypeDeserializer ids) {
    return ids.getTypeIdResolver().getMechanism()
        + " "
        + ids.getTypeInclusion()
        + " "
        + ids.getPropertyName()
        + " "
        + (ids.hasDefaultImpl() ? ids.getDefaultImpl().getName() : "");
  }
}
