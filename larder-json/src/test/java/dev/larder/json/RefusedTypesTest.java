package dev.larder.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.larder.ConfigurationException;
import dev.larder.codec.TypeRef;
import java.io.File;
import java.io.InputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.URL;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class RefusedTypesTest {

  private final JsonCodecs codecs = new JsonCodecs();

  record Holding<T>(T held) {}

  record Deep(List<Map<String, Holding<Object>>> all) {}

  interface Open {}

  abstract static class Partly {
    public int id;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface ByClass {}

  record Harmless(int id) implements ByClass {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
  static class ByMinimalClass {
    public int id;
  }

  record PropertyByClass(
      @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Open open) {}

  record ElementsByClass(
      @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) List<Open> all) {}

  record ObjectByClass(
      @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  interface Unnamed {}

  static class Closed {
    private final int id;

    private Closed(int first, int second) {
      this.id = first + second;
    }

    public int getId() {
      return id;
    }
  }

  static class Blind {
    private int id;
  }

  static class Forgetful {
    private final List<String> names = new ArrayList<>();

    public int id;

    public List<String> getNames() {
      return names;
    }
  }

  static class Failure extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Object.class, "says nothing"),
        Arguments.of(List.class, "java.lang.Object"),
        Arguments.of(new TypeRef<List<?>>() {}.type(), "at []: java.lang.Object"),
        Arguments.of(new TypeRef<Map<String, Object>>() {}.type(), "at {}: java.lang.Object"),
        Arguments.of(new TypeRef<Holding<?>>() {}.type(), "at held: java.lang.Object"),
        Arguments.of(Deep.class, "at all[]{}.held: java.lang.Object has no stable form"),
        Arguments.of(new TypeRef<Stream<String>>() {}.type(), "only once"),
        Arguments.of(new TypeRef<Iterator<String>>() {}.type(), "only once"),
        Arguments.of(new TypeRef<Iterable<String>>() {}.type(), "declare a List"),
        Arguments.of(new TypeRef<Supplier<String>>() {}.type(), "function"),
        Arguments.of(new TypeRef<Holding<InputStream>>() {}.type(), "at held: java.io.InputStream"),
        Arguments.of(new TypeRef<Optional<Optional<String>>>() {}.type(), "reads back as none"),
        Arguments.of(new TypeRef<AtomicReference<String>>() {}.type(), "what it refers to"),
        Arguments.of(new TypeRef<Map<Harmless, String>>() {}.type(), "map key"),
        Arguments.of(Class.class, "java.lang.Class"),
        Arguments.of(InetAddress.class, "java.net.InetAddress"),
        Arguments.of(URL.class, "java.net.URL"),
        Arguments.of(File.class, "java.io.File"),
        Arguments.of(Calendar.class, "java.util.Calendar"),
        Arguments.of(Number.class, "java.lang.Number"),
        Arguments.of(CharSequence.class, "java.lang.CharSequence"),
        Arguments.of(Serializable.class, "java.io.Serializable"),
        Arguments.of(Thread.class, "java.lang.Thread"),
        Arguments.of(void.class, "void"),
        Arguments.of(Failure.class, "Failure"),
        Arguments.of(Open.class, "@JsonSubTypes"),
        Arguments.of(Partly.class, "@JsonSubTypes"),
        Arguments.of(new TypeRef<Holding<List<Open>>>() {}.type(), "at held[]"),
        Arguments.of(Unnamed.class, "@JsonSubTypes"),
        Arguments.of(ByClass.class, "choose classes"),
        Arguments.of(ByMinimalClass.class, "choose classes"),
        Arguments.of(new TypeRef<List<ByClass>>() {}.type(), "at []"),
        Arguments.of(PropertyByClass.class, "at open"),
        Arguments.of(ElementsByClass.class, "at all[]"),
        Arguments.of(ObjectByClass.class, "PolymorphicTypeValidator"),
        Arguments.of(Closed.class, "no constructor"),
        Arguments.of(Blind.class, "no properties"),
        Arguments.of(Forgetful.class, "names is stored but not read back"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void codec_typeWithoutStableForm_isRefusedWithReason(java.lang.reflect.Type type, String reason) {
    assertThatThrownBy(() -> codecs.codec(TypeRef.of(type)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("value type ")
        .hasMessageContaining("no stable form: ")
        .hasMessageContaining(reason);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  interface Figure {}

  record Circle(double radius) implements Figure {}

  record Square(double side) implements Figure {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  sealed interface Sealed permits Only {}

  record Only(Sealed next) implements Sealed {}

  record PropertyByName(
      @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
      @JsonSubTypes({@JsonSubTypes.Type(value = Solid.class, name = "solid")})
      Open open) {}

  record Solid(int id) implements Open {}

  record Wrapped(@JsonValue long id) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Wrapped {}
  }

  static class Bean {
    private String name = "";
    private transient int seen;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    @JsonIgnore
    public Object getWhatever() {
      return seen;
    }

    public String getShout() {
      return name + "!";
    }
  }

  record Nothing() {}

  static Stream<java.lang.reflect.Type> taken() {
    return Stream.of(
        String.class,
        int.class,
        byte[].class,
        String[][].class,
        JsonNode.class,
        Thread.State.class,
        new TypeRef<List<? extends Circle>>() {}.type(),
        new TypeRef<Collection<Circle>>() {}.type(),
        new TypeRef<Set<Thread.State>>() {}.type(),
        new TypeRef<Map<Thread.State, Optional<Circle>>>() {}.type(),
        new TypeRef<Map.Entry<String, Long>>() {}.type(),
        new TypeRef<Holding<Holding<String>>>() {}.type(),
        Figure.class,
        Sealed.class,
        PropertyByName.class,
        Wrapped.class,
        Bean.class,
        Nothing.class);
  }

  @ParameterizedTest
  @MethodSource("taken")
  void codec_typeWithForm_isTaken(java.lang.reflect.Type type) {
    assertThatCode(() -> codecs.codec(TypeRef.of(type))).doesNotThrowAnyException();
  }

  @Test
  void of_mapperWithDefaultTyping_isRefused() {
    JsonMapper typing = JsonMapper.builder()
        .activateDefaultTyping(
            BasicPolymorphicTypeValidator.builder()
                .allowIfBaseType(Object.class)
                .build(),
            DefaultTyping.NON_FINAL)
        .build();
    assertThatThrownBy(() -> JsonCodecs.of(typing))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("default typing");
  }
}
