package dev.larder.spring.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The data of a response as JSON text. */
final class StoredData {

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.larder.graphql");
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();
  private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

  private StoredData() {}

  /** The text, or null if there is something in the data that JSON can't give back. */
  static @Nullable String text(Object data) {
    String foreign = foreign(data);
    if (foreign != null) {
      LOGGER.warn("a response is not stored: it holds a {}, which is no JSON", foreign);
      return null;
    }
    return MAPPER.writeValueAsString(data);
  }

  static Map<String, Object> of(String text) throws JacksonException {
    return MAPPER.readValue(text, DATA);
  }

  /** Name of the first class found that a scalar should have turned into text or a number. */
  private static @Nullable String foreign(@Nullable Object data) {
    if (data instanceof Map<?, ?> map) {
      return foreign(map.values());
    }
    if (data instanceof Iterable<?> many) {
      for (Object each : many) {
        String found = foreign(each);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    return data == null
            || data instanceof String
            || data instanceof Boolean
            || data instanceof Number
        ? null
        : data.getClass().getName();
  }
}
