package dev.larder.spring.annotation;

import dev.larder.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * What a method's return type means: how the answer comes, and what of it is stored.
 *
 * @param answer how the method answers
 * @param isOptional whether what comes is in an {@code Optional}
 * @param shape whether what is stored is read to its end first
 * @param stored the type that is stored
 */
record ReturnForm(Answer answer, boolean isOptional, Shape shape, Type stored) {

  enum Answer {
    AT_ONCE,
    STAGE,
    MONO,
    FLUX
  }

  enum Shape {
    ONE,
    LIST,
    SET,
    MAP,
    STREAM
  }

  /** The form of a method's return type as its class has it. */
  static ReturnForm of(Class<? extends Annotation> annotation, Class<?> type, Method method) {
    Type declared = GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
    Answer answer = Answer.AT_ONCE;
    String name = raw(declared).getName();
    if (raw(declared) == CompletionStage.class || raw(declared) == CompletableFuture.class) {
      answer = Answer.STAGE;
      declared = argument(declared, 0);
    } else if (name.equals("reactor.core.publisher.Mono")) {
      answer = Answer.MONO;
      declared = argument(declared, 0);
    } else if (name.equals("reactor.core.publisher.Flux")) {
      answer = Answer.FLUX;
      declared = listOf(argument(declared, 0));
    }
    boolean isOptional = raw(declared) == Optional.class;
    if (isOptional) {
      declared = argument(declared, 0);
    }
    Shape shape = shape(raw(declared));
    if (shape == Shape.STREAM || (shape == Shape.LIST && raw(declared) != List.class)) {
      declared = listOf(argument(declared, 0));
    }
    if (declared == void.class || declared == Void.class) {
      throw Fault.of(annotation, method, "it returns nothing", "there is nothing to store");
    }
    if (annotation != Invalidates.class) {
      Entities.refuse(annotation, method, declared, type);
    }
    if (saysNothing(declared)) {
      throw Fault.of(
          annotation,
          method,
          "its return type " + declared.getTypeName() + " does not say what is stored",
          "name the classes, such as List<Album>; values are read back as the declared type only");
    }
    return new ReturnForm(answer, isOptional, shape, declared);
  }

  /** As {@link #of}, for a method whose answer is not stored; null where {@code of} would refuse. */
  static @Nullable ReturnForm lenient(Class<?> type, Method method) {
    try {
      return of(Invalidates.class, type, method);
    } catch (ConfigurationException says) {
      return null;
    }
  }

  private static Shape shape(Class<?> raw) {
    if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
      return Shape.LIST;
    }
    if (raw == Stream.class) {
      return Shape.STREAM;
    }
    return raw == Set.class ? Shape.SET : raw == Map.class ? Shape.MAP : Shape.ONE;
  }

  static Class<?> raw(Type type) {
    return ResolvableType.forType(type).resolve(Object.class);
  }

  /** A type argument; Object where the type is raw. */
  static Type argument(Type type, int index) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[index]
        : Object.class;
  }

  private static Type listOf(Type element) {
    return ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(element))
        .getType();
  }

  private static boolean saysNothing(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        if (saysNothing(argument)) {
          return true;
        }
      }
      return false;
    }
    return type == Object.class
        || type instanceof TypeVariable<?>
        || type instanceof WildcardType
        || (type instanceof Class<?> plain && plain.getTypeParameters().length > 0);
  }

  /** What is stored of a value that the method gave. */
  @Nullable Object taken(@Nullable Object given) {
    Object value = given;
    if (value instanceof Optional<?> optional && isOptional) {
      value = optional.orElse(null);
    }
    if (value == null) {
      return null;
    }
    return switch (shape) {
      case ONE -> value;
      case LIST -> list((Iterable<?>) value);
      case SET -> Collections.unmodifiableSet(new LinkedHashSet<>((Set<?>) value));
      case MAP -> Collections.unmodifiableMap(new LinkedHashMap<>((Map<?, ?>) value));
      case STREAM -> {
        try (Stream<?> stream = (Stream<?>) value) {
          yield stream.collect(Collectors.collectingAndThen(
              Collectors.toCollection(ArrayList::new), Collections::unmodifiableList));
        }
      }
    };
  }

  private static List<?> list(Iterable<?> values) {
    List<@Nullable Object> list = new ArrayList<>();
    values.forEach(list::add);
    return Collections.unmodifiableList(list);
  }

  /** What the method's caller gets for a stored value, before it is wrapped as an answer. */
  @Nullable Object given(@Nullable Object stored) {
    Object value = stored != null && shape == Shape.STREAM ? ((List<?>) stored).stream() : stored;
    return isOptional ? Optional.ofNullable(value) : value;
  }
}
