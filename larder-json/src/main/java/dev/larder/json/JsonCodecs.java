package dev.larder.json;

import dev.larder.ConfigurationException;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON codecs for declared types.
 *
 * <p>A type is taken when every value of it has one form that reads back equal, and refused, with the
 * reason, when the codec is made: {@code Object}, wildcards without a bound, streams, iterators,
 * functions, resources, exceptions, and interfaces and abstract classes whose subtypes are not named
 * by {@code @JsonTypeInfo(use = Id.NAME)} and {@code @JsonSubTypes} (or {@code sealed}). What stored
 * bytes say never chooses a class: default typing and class names as type ids are refused too.
 *
 * <p>Safe for many threads.
 */
public final class JsonCodecs implements CodecProvider {

  private final JsonMapper mapper;

  /** Codecs of {@link #mapperBuilder()} as it is. */
  public JsonCodecs() {
    this(mapperBuilder().build());
  }

  private JsonCodecs(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Codecs of the caller's mapper: its modules, naming, mix-ins and features. Bytes after the value are
   * refused whatever it says. Best made from {@link #mapperBuilder()}: a mapper that drops a time zone
   * or takes {@code "1"} for {@code 1} reads back other values than were stored.
   *
   * @throws ConfigurationException if it uses default typing
   */
  public static JsonCodecs of(JsonMapper mapper) {
    JavaType any = mapper.constructType(Object.class);
    if (mapper.deserializationConfig().getDefaultTyper(any) != null
        || mapper.serializationConfig().getDefaultTyper(any) != null) {
      throw new ConfigurationException(
          "JSON mapper with default typing: stored bytes would choose classes; name subtypes with"
              + " @JsonTypeInfo(use = Id.NAME) and @JsonSubTypes instead");
    }
    return new JsonCodecs(mapper);
  }

  /**
   * A builder with the settings that Larder uses, to add modules to.
   *
   * <p>They keep values whole (time zones and offsets stay, records store their components only) and
   * reading strict: properties that the type does not have, numbers in strings, strings in numbers, fractions for integers,
   * numbers for enum constants, and null for a primitive are malformed. Nesting is limited to 500, numbers
   * to 1,000 digits, strings to 20,000,000 characters, as Jackson does.
   */
  public static JsonMapper.Builder mapperBuilder() {
    return JsonMapper.builder()
        .enable(
            MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY,
            // Field order would otherwise be left to reflection, which promises none.
            MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(LogicalType.Textual, text -> {
          text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
          text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
          text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        })
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(
            DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
            DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The message names the type, the path to what is wrong in it, and what to do.
   */
  @Override
  public <V> Codec<V> codec(TypeRef<V> type) {
    JavaType javaType = mapper.constructType(type.type());
    String shape = new Shape(mapper, javaType).text();
    return new JsonCodec<>(mapper, javaType, shape);
  }
}
