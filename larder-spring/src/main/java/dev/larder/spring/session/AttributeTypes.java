package dev.larder.spring.session;

import dev.larder.CodecException;
import dev.larder.ConfigurationException;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The types that session attributes may have: a closed set of names, each with one Java type.
 *
 * <p>Stored are the name and the value's form under that type, never the name of a class, so what lies
 * in a store can't choose what is built from it. There from the start: {@code String}, {@code Boolean},
 * {@code Integer}, {@code Long}, {@code Double}, {@code BigDecimal}, {@code BigInteger}, {@code UUID},
 * {@code Instant}, {@code Duration}, {@code LocalDate}, {@code LocalDateTime}, {@code OffsetDateTime},
 * {@code Locale}; lists and sets of {@code String}, {@code Long}, {@code Integer} and {@code UUID}; maps
 * of {@code String} to {@code String}; and what Spring Security and the redirects of Spring MVC put into a
 * session, where they are on the class path. Collections read back as {@code ArrayList}, {@code LinkedHashSet} and {@code
 * LinkedHashMap}.
 *
 * <pre>{@code
 * AttributeTypes.builder(codecs).add("cart", Cart.class).addListOf("recent", Album.class).build()
 * }</pre>
 *
 * <p>Immutable; safe for many threads.
 */
public final class AttributeTypes {

  private static final String SECURITY =
      "org.springframework.security.web.savedrequest.DefaultSavedRequest";

  private static final String FLASH = "org.springframework.web.servlet.FlashMap";

  private final Map<String, Declared<?, ?>> byName;
  private final List<Declared<?, ?>> declared;

  private AttributeTypes(Builder builder) {
    byName = Map.copyOf(builder.types);
    declared = List.copyOf(builder.types.values());
  }

  /** A type: which values are of it, and how they are written and read. */
  private record Declared<T, F>(
      String name,
      Predicate<Object> isMeant,
      Codec<F> codec,
      Function<T, F> write,
      Function<F, T> read) {

    @SuppressWarnings("unchecked") // isMeant has said yes
    byte[] encode(Object value) {
      return codec.encode(write.apply((T) value));
    }

    T decode(byte[] bytes) {
      return read.apply(codec.decode(ByteBuffer.wrap(bytes)));
    }
  }

  /** Begins with the types that are there from the start. */
  public static Builder builder(CodecProvider codecs) {
    Builder builder = new Builder(codecs);
    if (ClassUtils.isPresent(SECURITY, AttributeTypes.class.getClassLoader())) {
      SecurityAttributes.declare(builder);
    }
    if (ClassUtils.isPresent(FLASH, AttributeTypes.class.getClassLoader())) {
      FlashAttributes.declare(builder);
    }
    return builder;
  }

  /** The declared names. */
  public Set<String> names() {
    return byName.keySet();
  }

  /**
   * The stored form of a value.
   *
   * @throws IllegalArgumentException if its type is not declared, or it has no form
   */
  StoredAttribute encode(String attribute, Object value) {
    Declared<?, ?> type = of(attribute, value);
    try {
      return new StoredAttribute(type.name(), type.encode(value));
    } catch (CodecException | IllegalArgumentException failure) {
      throw new IllegalArgumentException(
          "session attribute '" + attribute + "': " + failure.getMessage(), failure);
    }
  }

  /**
   * The value of a stored form.
   *
   * @throws CodecException if its type is not declared here, or the bytes are not of it
   */
  Object decode(StoredAttribute stored) {
    Declared<?, ?> type = byName.get(stored.type());
    if (type == null) {
      throw new CodecException("no attribute type is declared as '" + stored.type() + "'");
    }
    try {
      return type.decode(stored.value());
    } catch (CodecException malformed) {
      throw malformed;
    } catch (RuntimeException malformed) {
      throw new CodecException("not a value of attribute type '" + stored.type() + "'", malformed);
    }
  }

  private Declared<?, ?> of(String attribute, Object value) {
    for (Declared<?, ?> each : declared) {
      if (each.isMeant().test(value)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "session attribute '"
            + attribute
            + "' is "
            + describe(value)
            + ", which is none of the declared attribute types: declare it, as"
            + " larder.session.attribute-types.NAME="
            + elementType(value)
            + " or by a SessionAttributeTypes bean, or keep a String or a number in the session instead");
  }

  private static String describe(Object value) {
    String type = value.getClass().getName();
    return value instanceof Collection<?> && !type.equals(elementType(value))
        ? "a " + type + " of " + elementType(value)
        : "a " + type;
  }

  private static String elementType(Object value) {
    if (value instanceof Collection<?> collection) {
      for (Object element : collection) {
        if (element != null) {
          return element.getClass().getName();
        }
      }
    }
    return value.getClass().getName();
  }

  /** Collects types. Those added first are asked first. Not safe for many threads. */
  public static final class Builder {

    private final CodecProvider codecs;
    private final Map<String, Declared<?, ?>> types = new LinkedHashMap<>();
    private final AtomicReference<@Nullable AttributeTypes> built = new AtomicReference<>();

    private Builder(CodecProvider codecs) {
      this.codecs = codecs;
      add("string", String.class);
      add("boolean", Boolean.class);
      add("int", Integer.class);
      add("long", Long.class);
      add("double", Double.class);
      add("decimal", BigDecimal.class);
      add("integer", BigInteger.class);
      add("uuid", UUID.class);
      add("instant", Instant.class);
      add("duration", Duration.class);
      add("date", LocalDate.class);
      add("date-time", LocalDateTime.class);
      add("offset-date-time", OffsetDateTime.class);
      add("locale", Locale.class, String.class, Locale::toLanguageTag, Locale::forLanguageTag);
      addCollections("string", String.class, new TypeRef<List<String>>() {});
      addCollections("long", Long.class, new TypeRef<List<Long>>() {});
      addCollections("int", Integer.class, new TypeRef<List<Integer>>() {});
      addCollections("uuid", UUID.class, new TypeRef<List<UUID>>() {});
      put(new Declared<Map<String, String>, Map<String, String>>(
          "string-map",
          value -> value instanceof Map<?, ?> map
              && isPlain(value)
              && allAre(map.keySet(), String.class)
              && allAre(map.values(), String.class),
          codecs.codec(new TypeRef<Map<String, String>>() {}),
          Function.identity(),
          LinkedHashMap::new));
    }

    /**
     * Declares a type that is stored as it is. Values are of it if their class is this one; of an
     * interface or abstract class, if they are instances.
     *
     * @param name 1 to 64 letters, digits, {@code _ . -}; it is stored, so it must not change
     * @throws ConfigurationException if the name is taken or has another form, or the type has no
     *     stable form
     */
    public <T> Builder add(String name, Class<T> type) {
      return add(name, type, type, Function.identity(), Function.identity());
    }

    /**
     * Declares a type that is stored in a form of its own: for classes of other people.
     *
     * @param form what is stored; best a record
     * @param write makes the form
     * @param read makes the value; what it throws makes the attribute absent
     * @throws ConfigurationException as {@link #add(String, Class)}
     */
    public <T, F> Builder add(
        String name, Class<T> type, Class<F> form, Function<T, F> write, Function<F, T> read) {
      boolean isOpen =
          type.isInterface() || (Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive());
      // A subclass of a concrete class would lose what it adds.
      Predicate<Object> isMeant =
          isOpen || type.isEnum() ? type::isInstance : value -> value.getClass() == type;
      return put(new Declared<>(name, isMeant, codec(name, TypeRef.of(form)), write, read));
    }

    /** Declares lists of a type. Values are lists whose elements are all of that very class. */
    public <T> Builder addListOf(String name, Class<T> element) {
      Codec<List<T>> codec = codec(name, listOf(element));
      return put(new Declared<List<T>, List<T>>(
          name,
          value -> value instanceof List<?> list && !list.isEmpty() && allAre(list, element),
          codec,
          Function.identity(),
          ArrayList::new));
    }

    /** As {@link #addListOf(String, Class)}, of elements that are stored in a form of their own. */
    <T, F> Builder addListOf(
        String name, Class<T> element, Class<F> form, Function<T, F> write, Function<F, T> read) {
      return put(new Declared<List<T>, List<F>>(
          name,
          value -> value instanceof List<?> list && !list.isEmpty() && allAre(list, element),
          codec(name, listOf(form)),
          list -> list.stream().map(write).toList(),
          list -> new ArrayList<>(list.stream().map(read).toList())));
    }

    /** All of them. */
    public AttributeTypes build() {
      AttributeTypes all = new AttributeTypes(this);
      built.set(all);
      return all;
    }

    /** All of them, once they are built: for values inside others, which may be of any type. */
    Supplier<AttributeTypes> whenBuilt() {
      return () -> Objects.requireNonNull(built.get(), "not built yet");
    }

    private <T> void addCollections(String name, Class<T> element, TypeRef<List<T>> list) {
      Codec<List<T>> codec = codecs.codec(list);
      put(new Declared<List<T>, List<T>>(
          name + "-list",
          value -> value instanceof List<?> each && isPlain(value) && allAre(each, element),
          codec,
          Function.identity(),
          ArrayList::new));
      put(new Declared<Set<T>, List<T>>(
          name + "-set",
          value -> value instanceof Set<?> each && isPlain(value) && allAre(each, element),
          codec,
          ArrayList::new,
          LinkedHashSet::new));
    }

    private <T> TypeRef<List<T>> listOf(Class<T> element) {
      return TypeRef.of(new ParameterizedType() {
        @Override
        public Type[] getActualTypeArguments() {
          return new Type[] {element};
        }

        @Override
        public Type getRawType() {
          return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
          return null;
        }
      });
    }

    private <F> Codec<F> codec(String name, TypeRef<F> form) {
      try {
        return codecs.codec(form);
      } catch (ConfigurationException refused) {
        throw new ConfigurationException(
            "session attribute type '" + name + "': " + refused.getMessage(), refused);
      }
    }

    private Builder put(Declared<?, ?> type) {
      if (!type.name().matches("[A-Za-z0-9_.-]{1,64}")) {
        throw new ConfigurationException("session attribute type '"
            + type.name()
            + "' is not 1 to 64 letters, digits, _ . -: give it another name");
      }
      if (types.putIfAbsent(type.name(), type) != null) {
        throw new ConfigurationException("session attribute type '"
            + type.name()
            + "' is there already: give this one another name");
      }
      return this;
    }

    /** Whether a collection is one of Java's own: others have more to them than their elements. */
    private static boolean isPlain(Object value) {
      return value.getClass().getName().startsWith("java.util.");
    }

    private static boolean allAre(Collection<?> values, Class<?> type) {
      for (Object value : values) {
        if (value == null || value.getClass() != type) {
          return false;
        }
      }
      return true;
    }
  }
}
