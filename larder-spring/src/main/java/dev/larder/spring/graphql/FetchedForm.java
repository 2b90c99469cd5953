package dev.larder.spring.graphql;

import graphql.execution.DataFetcherResult;
import graphql.schema.FieldCoordinates;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import reactor.core.publisher.Flux;

/**
 * What a fetcher's return type means: how its answer comes, and what of it is stored.
 *
 * @param answer how the fetcher answers
 * @param isOptional whether what comes is in an {@code Optional}
 * @param isList whether what is stored is a copy of many, read to their end
 * @param stored the type that is stored
 */
record FetchedForm(Answer answer, boolean isOptional, boolean isList, Type stored) {

  enum Answer {
    AT_ONCE,
    STAGE,
    PUBLISHER
  }

  static FetchedForm of(ResolvableType declared, FieldCoordinates field) {
    Answer answer = Answer.AT_ONCE;
    ResolvableType type = declared;
    Class<?> raw = type.resolve(Object.class);
    boolean isMany = false;
    if (CompletionStage.class.isAssignableFrom(raw)) {
      answer = Answer.STAGE;
      type = type.getGeneric(0);
    } else if (Publisher.class.isAssignableFrom(raw)) {
      answer = Answer.PUBLISHER;
      isMany = raw == Flux.class;
      type = type.getGeneric(0);
    } else if (Callable.class.isAssignableFrom(raw)) {
      // Spring runs it on an executor and gives a stage.
      answer = Answer.STAGE;
      type = type.getGeneric(0);
    }
    boolean isOptional = type.resolve(Object.class) == Optional.class;
    if (isOptional) {
      type = type.getGeneric(0);
    }
    Class<?> held = type.resolve(Object.class);
    if (held == List.class || held == Collection.class || held == Iterable.class) {
      isMany = true;
      type = type.getGeneric(0);
    } else if (held == Stream.class) {
      isMany = true;
      type = type.getGeneric(0);
    }
    Type element = type.getType();
    if (type.resolve(Object.class) == Object.class
        || type.hasUnresolvableGenerics()
        || held == DataFetcherResult.class) {
      throw FieldFault.of(
          CachedField.DIRECTIVE,
          field,
          "its fetcher returns " + declared + ", which does not say what is stored",
          "name the classes, such as List<Album>; values are read back as the declared type only");
    }
    return new FetchedForm(
        answer,
        isOptional,
        isMany,
        isMany
            ? ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(element))
                .getType()
            : element);
  }

  /** What is stored of what the fetcher gave. */
  @Nullable Object taken(@Nullable Object given) {
    Object value = isOptional && given instanceof Optional<?> some ? some.orElse(null) : given;
    if (!isList || value == null) {
      return value;
    }
    List<@Nullable Object> list = new ArrayList<>();
    if (value instanceof Stream<?> stream) {
      try (stream) {
        stream.forEach(list::add);
      }
    } else {
      ((Iterable<?>) value).forEach(list::add);
    }
    return Collections.unmodifiableList(list);
  }
}
