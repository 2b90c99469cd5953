package dev.larder.json;

import dev.larder.ConfigurationException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DatatypeFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * The shape of a type as one mapper stores it: a text with the names and types of all that is written
 * and read, through nested types. Equal texts mean that bytes of one read as the other.
 *
 * <p>It asks the serializers and deserializers themselves, so annotations, mix-ins, naming strategies
 * and modules count as they do at run time. Properties are sorted by name, since reflection promises no
 * order; a type met again is a number, so recursion ends. Names of Jackson's own classes are left out:
 * they may change between its releases while the form does not.
 *
 * <p>On the way it refuses what has no stable form. Used by one thread, once.
 */
final class Shape {

  private final JsonMapper mapper;
  private final JavaType root;
  private final DeserializationContext reading;
  private final SerializationContext writing;
  private final StringBuilder out = new StringBuilder("json1 ");
  private final Map<String, Integer> seen = new HashMap<>();

  Shape(JsonMapper mapper, JavaType root) {
    this.mapper = mapper;
    this.root = root;
    this.reading = mapper._deserializationContext();
    this.writing = mapper._serializationContext();
  }

  /**
   * The text.
   *
   * @throws ConfigurationException if the type or one in it has no stable form
   */
  String text() {
    features(DateTimeFeature.values());
    features(EnumFeature.values());
    try {
      walk(root, null, "");
    } catch (JacksonException | IllegalArgumentException e) {
      // Annotations that contradict each other, and the like.
      throw new ConfigurationException(
          "value type " + root.toCanonical() + ": Jackson refuses it: " + firstLine(e), e);
    }
    return out.toString();
  }

  /** Settings that change the form of dates and enums, where they are not Jackson's. */
  private void features(DatatypeFeature[] features) {
    for (DatatypeFeature feature : features) {
      boolean set = mapper.isEnabled(feature);
      if (set != feature.enabledByDefault()) {
        out.append(set ? '+' : '-').append(feature).append(' ');
      }
    }
  }

  private void walk(JavaType type, @Nullable AnnotatedMember member, String path) {
    Class<?> raw = type.getRawClass();
    if (type.isJavaLangObject()) {
      throw refused(type, path, ValueTypes.mend(raw));
    }
    if (ValueTypes.isValue(raw) || JsonNode.class.isAssignableFrom(raw)) {
      out.append(type.toCanonical())
          .append(Accessors.foreign(reader(type, path), writer(type, path)));
    } else if (type.isArrayType()) {
      out.append('[');
      walk(type.getContentType(), member, path + "[]");
      out.append(']');
    } else if (type.isReferenceType()) {
      optional(type, member, path);
    } else if (type.isContainerType()) {
      container(type, member, path);
    } else if (raw == Map.Entry.class) {
      out.append("entry(");
      key(type.containedTypeOrUnknown(0), path);
      walk(type.containedTypeOrUnknown(1), member, path + "{}");
      out.append(')');
    } else if (ValueTypes.isOfJdk(raw) && !raw.isEnum()) {
      throw refused(type, path, ValueTypes.mend(raw));
    } else if (type.isEnumType()) {
      constants(type, path);
    } else {
      object(type, member, path);
    }
  }

  private void optional(JavaType type, @Nullable AnnotatedMember member, String path) {
    JavaType content = type.getReferencedType();
    if (!type.hasRawClass(Optional.class)) {
      throw refused(type, path, "declare what it refers to");
    }
    if (content.isReferenceType()) {
      throw refused(
          type, path, "an empty one inside reads back as none at all; declare one Optional");
    }
    out.append("optional(");
    walk(content, member, path);
    out.append(')');
  }

  private void container(JavaType type, @Nullable AnnotatedMember member, String path) {
    Class<?> raw = type.getRawClass();
    if (ValueTypes.isOfJdk(raw) && !raw.getName().startsWith("java.util.")) {
      throw refused(type, path, ValueTypes.mend(raw));
    }
    out.append(raw.getName()).append('(');
    if (type.isMapLikeType()) {
      key(type.getKeyType(), path);
      walk(type.getContentType(), member, path + "{}");
    } else {
      walk(type.getContentType(), member, path + "[]");
    }
    out.append(')').append(Accessors.foreign(reader(type, path), writer(type, path)));
  }

  private void key(JavaType type, String path) {
    String at = path + " (map key)";
    if (!ValueTypes.isKey(type.getRawClass()) && !type.isEnumType()) {
      throw refused(type, at, "declare keys that are text, a number, an enum, a UUID or a date");
    }
    try {
      reading.findKeyDeserializer(type, null);
    } catch (RuntimeException e) {
      throw refused(type, at, firstLine(e));
    }
    walk(type, null, at);
    out.append(':');
  }

  /** Each constant as it is stored, whatever names, indexes or accessors decide that. */
  private void constants(JavaType type, String path) {
    out.append(type.toCanonical()).append('{');
    ObjectWriter json = mapper.writerFor(type);
    for (Object constant : type.getRawClass().getEnumConstants()) {
      try {
        out.append(' ').append(((Enum<?>) constant).name());
        out.append('=').append(json.writeValueAsString(constant));
      } catch (RuntimeException e) {
        throw refused(type, path, firstLine(e));
      }
    }
    out.append('}').append(Accessors.foreign(reader(type, path), writer(type, path)));
  }

  // Records, beans, and their subtypes

  private void object(JavaType type, @Nullable AnnotatedMember member, String path) {
    TypeDeserializer typeIds = typeIds(type);
    if (typeIds == null) {
      concrete(type, path);
      return;
    }
    TypeIds.check(typeIds, reason -> refused(type, path, reason));
    out.append(type.toCanonical()).append('<').append(TypeIds.text(typeIds));
    String id = "<" + type.toCanonical() + (type.getTypeHandler() == null ? "" : path);
    if (again(id)) {
      return;
    }
    List<NamedType> subtypes = subtypes(type, member);
    if (subtypes.isEmpty()) {
      throw refused(type, path, ValueTypes.mend(type.getRawClass()));
    }
    for (NamedType subtype : subtypes) {
      out.append(' ').append(subtype.getName()).append('=');
      JavaType resolved = mapper.getTypeFactory().constructSpecializedType(type, subtype.getType());
      concrete(resolved, path + "<" + subtype.getType().getSimpleName() + ">");
    }
    out.append('>');
  }

  private @Nullable TypeDeserializer typeIds(JavaType type) {
    return type.getTypeHandler() instanceof TypeDeserializer ofProperty
        ? ofProperty
        : reading.findTypeDeserializer(type);
  }

  /** The subtypes that bytes may name, without the abstract ones between. */
  private List<NamedType> subtypes(JavaType type, @Nullable AnnotatedMember member) {
    MapperConfig<?> config = mapper.deserializationConfig();
    Collection<NamedType> all = member == null
        ? config
            .getSubtypeResolver()
            .collectAndResolveSubtypesByTypeId(config, reading.introspectClassAnnotations(type))
        : config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, member, type);
    List<NamedType> subtypes = new ArrayList<>();
    for (NamedType subtype : all) {
      // A subtype inherits the annotations that name its siblings.
      if (!Modifier.isAbstract(subtype.getType().getModifiers())
          && type.getRawClass().isAssignableFrom(subtype.getType())) {
        subtypes.add(subtype);
      }
    }
    subtypes.sort(Comparator.comparing((NamedType each) -> String.valueOf(each.getName()))
        .thenComparing(each -> each.getType().getName()));
    return subtypes;
  }

  private void concrete(JavaType type, String path) {
    out.append(type.toCanonical());
    if (again(type.toCanonical())) {
      return;
    }
    if (type.isThrowable()) {
      throw refused(type, path, ValueTypes.mend(type.getRawClass()));
    }
    ValueDeserializer<?> reader = reader(type, path);
    ValueSerializer<?> writer = writer(type, path);
    out.append(Accessors.foreign(reader, writer));
    if (Accessors.isForeign(reader) && Accessors.isForeign(writer)) {
      // Its own form, which only its author knows.
      return;
    }
    if (!Accessors.isForeign(reader) && !(reader instanceof BeanDeserializerBase)) {
      throw refused(type, path, ValueTypes.mend(type.getRawClass()));
    }
    if (reader instanceof BeanDeserializerBase bean) {
      constructors(bean.getValueInstantiator(), type, path);
    }
    out.append('{');
    properties(type, Accessors.written(writer), Accessors.read(reader), path);
    others(type, path);
    out.append('}');
  }

  private void constructors(ValueInstantiator constructors, JavaType type, String path) {
    if (!constructors.canInstantiate()) {
      throw refused(
          type,
          path,
          "it has no constructor that Jackson can use; make it a record, or mark one with"
              + " @JsonCreator");
    }
    if (constructors.canCreateUsingDelegate()) {
      out.append("from ");
      walk(constructors.getDelegateType(mapper.deserializationConfig()), null, path);
    }
    if (constructors.canCreateUsingArrayDelegate()) {
      out.append("from ");
      walk(constructors.getArrayDelegateType(mapper.deserializationConfig()), null, path);
    }
  }

  private void properties(
      JavaType type,
      Map<String, BeanProperty> written,
      Map<String, BeanProperty> read,
      String path) {
    BeanDescription description = writing.introspectBeanDescription(type);
    boolean wholeValue = description.findJsonValueAccessor() != null;
    if (written.isEmpty() && !wholeValue && !type.isRecordType()) {
      throw refused(
          type,
          path,
          "Jackson sees no properties to store; make it a record, or give it accessors");
    }
    TreeMap<String, BeanProperty> all = new TreeMap<>(written);
    all.putAll(read);
    for (String name : all.keySet()) {
      BeanProperty out = written.get(name);
      BeanProperty in = read.get(name);
      String at = path.isEmpty() ? name : path + "." + name;
      if (in == null && out != null && Accessors.hasField(type.getRawClass(), name)) {
        throw refused(
            type,
            path,
            "its " + name + " is stored but not read back; give it a constructor parameter"
                + " or a setter, or @JsonIgnore");
      }
      property(name, out, in, at);
    }
  }

  private void property(
      String name, @Nullable BeanProperty written, @Nullable BeanProperty read, String path) {
    out.append(' ').append(name).append(written == null ? "<" : read == null ? ">" : ":");
    BeanProperty either = read != null ? read : written;
    if (either == null) {
      return;
    }
    ValueDeserializer<?> reader =
        read instanceof SettableBeanProperty settable && settable.hasValueDeserializer()
            ? settable.getValueDeserializer()
            : null;
    ValueSerializer<?> writer =
        written instanceof BeanPropertyWriter property ? property.getSerializer() : null;
    out.append(Accessors.foreign(reader, writer))
        .append(Accessors.format(either, mapper.serializationConfig()));
    if (Accessors.isForeign(reader) && Accessors.isForeign(writer)) {
      return;
    }
    walk(either.getType(), either.getMember(), path);
    if (read != null && written != null && !read.getType().equals(written.getType())) {
      out.append('>');
      walk(written.getType(), written.getMember(), path);
    }
  }

  /** What is stored beside the named properties. */
  private void others(JavaType type, String path) {
    BeanDescription writes = writing.introspectBeanDescription(type);
    AnnotatedMember value = writes.findJsonValueAccessor();
    if (value != null) {
      out.append(" value=");
      walk(value.getType(), value, path);
    }
    AnnotatedMember any = writes.findAnyGetter();
    if (any != null) {
      out.append(" any=");
      walk(any.getType(), any, path);
    }
    if (writes.getObjectIdInfo() != null) {
      out.append(" ids");
    }
  }

  // What Jackson would use

  private ValueDeserializer<?> reader(JavaType type, String path) {
    try {
      return reading.findNonContextualValueDeserializer(type);
    } catch (RuntimeException e) {
      throw refused(type, path, firstLine(e));
    }
  }

  private ValueSerializer<?> writer(JavaType type, String path) {
    try {
      return writing.findValueSerializer(type);
    } catch (RuntimeException e) {
      throw refused(type, path, firstLine(e));
    }
  }

  private boolean again(String id) {
    Integer number = seen.putIfAbsent(id, seen.size());
    if (number != null) {
      out.append('#').append(number.intValue());
    }
    return number != null;
  }

  private ConfigurationException refused(JavaType type, String path, String reason) {
    return new ConfigurationException("value type "
        + root.toCanonical()
        + (path.isEmpty() ? "" : ", at " + path)
        + ": "
        + type.toCanonical()
        + " has no stable form: "
        + reason);
  }

  private static String firstLine(RuntimeException e) {
    String message = e instanceof JacksonException jackson
        ? jackson.getOriginalMessage()
        : String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
