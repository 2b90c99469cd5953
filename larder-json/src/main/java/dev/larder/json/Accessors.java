package dev.larder.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/** What Jackson's serializers and deserializers tell about the properties that they handle. */
final class Accessors {

  private static final String JACKSON = "tools.jackson.databind.";

  private Accessors() {}

  static String format(BeanProperty property, MapperConfig<?> config) {
    JsonFormat.Value format =
        property.findPropertyFormat(config, property.getType().getRawClass());
    if (format == null || format.equals(JsonFormat.Value.empty())) {
      return "";
    }
    return "("
        + format.getShape()
        + ' '
        + (format.hasPattern() ? format.getPattern() : "")
        + ' '
        + (format.hasLocale() ? format.getLocale().toLanguageTag() : "")
        + ' '
        + (format.hasTimeZone() ? format.timeZoneAsString() : "")
        + ')';
  }

  static Map<String, BeanProperty> written(ValueSerializer<?> writer) {
    Map<String, BeanProperty> properties = new HashMap<>();
    if (writer instanceof BeanSerializerBase bean) {
      for (Iterator<PropertyWriter> each = bean.properties(); each.hasNext(); ) {
        PropertyWriter property = each.next();
        properties.put(property.getName(), property);
      }
    }
    return properties;
  }

  static Map<String, BeanProperty> read(ValueDeserializer<?> reader) {
    Map<String, BeanProperty> properties = new HashMap<>();
    if (reader instanceof BeanDeserializerBase bean) {
      for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
        SettableBeanProperty property = each.next();
        properties.put(property.getName(), property);
      }
    }
    return properties;
  }

  static boolean hasField(Class<?> type, String name) {
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isForeign(@Nullable Object part) {
    return part != null && !part.getClass().getName().startsWith(JACKSON);
  }

  /** Names of classes by other authors that decide the form. */
  static String foreign(@Nullable Object reader, @Nullable Object writer) {
    return foreign(reader) + foreign(writer);
  }

  private static String foreign(@Nullable Object part) {
    return part != null && isForeign(part) ? "~" + part.getClass().getName() : "";
  }
}
