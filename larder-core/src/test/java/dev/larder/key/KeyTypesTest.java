package dev.larder.key;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.codec.TypeRef;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTypesTest {

  private final KeyEncoder keys = KeyEncoder.of(KeySettings.of("app", "things", 1));

  enum Sort {
    NEWEST
  }

  record Good(long id, String name, Sort sort, Instant at, Optional<UUID> of, Set<Integer> some) {}

  record Tree(String name, List<Tree> children) {}

  record Open<T>(T any, Object thing, Comparable<T> other, Kind kind) {}

  record WithArray(String name, byte[] bytes) {}

  record Deep(List<Map<String, WithArray>> all) {}

  record WithStream(Stream<String> lines) {}

  sealed interface Kind permits Good2, Better {}

  record Good2(int id) implements Kind {}

  record Better(int id) implements Kind {}

  static class Bean {
    int id;
  }

  static Stream<Type> good() {
    return Stream.of(
        String.class,
        Long.class,
        UUID.class,
        Sort.class,
        ZoneId.class,
        Good.class,
        Tree.class,
        new TypeRef<Open<String>>() {}.type(),
        new TypeRef<List<Object>>() {}.type(),
        new TypeRef<List<? extends Serializable>>() {}.type(),
        new TypeRef<List<?>>() {}.type(),
        List.class,
        new TypeRef<Set<Long>>() {}.type(),
        new TypeRef<Map<String, Good>>() {}.type());
  }

  @ParameterizedTest
  @MethodSource("good")
  void check_typeWithForm_passes(Type type) {
    assertThatCode(() -> keys.check(type)).doesNotThrowAnyException();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(byte[].class, "byte[] has no stable form: arrays are equal by identity"),
        Arguments.of(Object.class, "says nothing about the keys"),
        Arguments.of(Bean.class, "use its id, or a record"),
        Arguments.of(Kind.class, "would share a slot"),
        Arguments.of(Serializable.class, "would share a slot"),
        Arguments.of(new TypeRef<Collection<String>>() {}.type(), "would share a slot"),
        Arguments.of(Date.class, "java.time"),
        Arguments.of(Supplier.class, "would share a slot"),
        Arguments.of(WithArray.class, "key component bytes: byte[]"),
        Arguments.of(
            Deep.class, "key component all in List in Map component bytes: byte[] has no stable"),
        Arguments.of(WithStream.class, "component lines: java.util.stream.Stream"),
        Arguments.of(new TypeRef<List<Supplier<String>>>() {}.type(), "lambdas"),
        Arguments.of(new TypeRef<List<Iterator<String>>>() {}.type(), "only once"),
        Arguments.of(new TypeRef<List<? extends InputStream>>() {}.type(), "InputStream"),
        Arguments.of(new TypeRef<List<String>[]>() {}.type(), "arrays"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void check_typeWithoutForm_isRefusedWithReason(Type type, String reason) {
    assertThatThrownBy(() -> keys.check(type))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("cache \"things\": key")
        .hasMessageContaining(reason);
  }
}
