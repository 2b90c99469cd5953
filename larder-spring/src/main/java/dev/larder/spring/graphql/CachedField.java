package dev.larder.spring.graphql;

import dev.larder.Cache;
import dev.larder.CacheScope;
import dev.larder.Loading;
import dev.larder.spring.annotation.CallerIdentity;
import dev.larder.spring.internal.Bound;
import dev.larder.spring.internal.ReactiveSecurity;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.PropertyDataFetcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers a field from a cache, by the value that its source is known by and its arguments, and asks the
 * field's own fetcher for what the cache lacks. Safe for many threads.
 */
final class CachedField implements DataFetcher<Object> {

  static final String DIRECTIVE = "cached";

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.larder.graphql");

  private final Cache<List<@Nullable Object>, Object> cache;
  private final DataFetcher<?> fetcher;
  private final FetchedForm form;
  private final @Nullable PropertyDataFetcher<?> source;
  private final FieldTags tags;
  private final @Nullable CallerIdentity identity;

  /**
   * @param source what the source is known by; null for a field of {@code Query}
   * @param identity who is asking, where the cache's scope is not everybody
   */
  CachedField(
      Cache<List<@Nullable Object>, Object> cache,
      DataFetcher<?> fetcher,
      FetchedForm form,
      @Nullable PropertyDataFetcher<?> source,
      FieldTags tags,
      @Nullable CallerIdentity identity) {
    this.cache = cache;
    this.fetcher = fetcher;
    this.form = form;
    this.source = source;
    this.tags = tags;
    this.identity = identity;
  }

  @Override
  public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
    List<@Nullable Object> key = key(environment);
    if (key == null) {
      return fetcher.get(environment);
    }
    return switch (form.answer()) {
      case AT_ONCE ->
        cache.get(key, ignored -> said(environment, awaited(fetcher.get(environment)), current()));
      case STAGE -> cache.async().get(key, ignored -> stage(environment)).toCompletableFuture();
      case PUBLISHER -> later(key, environment);
    };
  }

  /** Null if the call can't be told from others: it goes round the cache. */
  private @Nullable List<@Nullable Object> key(DataFetchingEnvironment environment) {
    List<@Nullable Object> key = new ArrayList<>();
    CacheScope scope = cache.policy().scope();
    if (scope != CacheScope.PUBLIC) {
      CallerIdentity who = Objects.requireNonNull(identity);
      Object security = ReactiveSecurity.key();
      try {
        key.add(ReactiveSecurity.with(
            security == null ? null : environment.getGraphQlContext().get(security),
            () -> scope == CacheScope.USER ? who.user() : who.tenant()));
      } catch (ReactiveSecurity.NotYetKnown waiting) {
        LOGGER.debug("cache {}: went round, {}", cache.name(), waiting.getMessage());
        return null;
      }
    }
    try {
      if (source != null) {
        Object id = source.get(environment);
        if (id == null) {
          return null;
        }
        key.add(StableParts.of(id));
      }
      for (GraphQLArgument argument : environment.getFieldDefinition().getArguments()) {
        key.add(StableParts.of(environment.getArgument(argument.getName())));
      }
    } catch (StableParts.Unstable unstable) {
      LOGGER.debug("cache {}: went round, {}", cache.name(), unstable.getMessage());
      return null;
    }
    return key;
  }

  private Mono<?> later(List<@Nullable Object> key, DataFetchingEnvironment environment) {
    Loading around = Loading.current();
    return Mono.deferContextual(context -> Mono.fromCompletionStage(Bound.in(
        around,
        () -> cache.async().get(key, ignored -> {
          Loading loading = current();
          return Bound.mono(mono(environment), loading)
              .contextWrite(inner -> ReactiveSecurity.watched(inner.putAll(context), loading))
              .toFuture()
              .thenApply(value -> said(environment, value, loading));
        }))));
  }

  private Mono<?> mono(DataFetchingEnvironment environment) {
    try {
      Object given = fetcher.get(environment);
      return given instanceof Flux<?> flux
          ? flux.collectList()
          : Mono.from((org.reactivestreams.Publisher<?>) Objects.requireNonNull(given));
    } catch (Exception failure) {
      return Mono.error(failure);
    }
  }

  private CompletionStage<@Nullable Object> stage(DataFetchingEnvironment environment) {
    Loading loading = current();
    try {
      Object given = fetcher.get(environment);
      return given instanceof CompletionStage<?> stage
          ? stage.thenApply(value -> said(environment, value, loading))
          : java.util.concurrent.CompletableFuture.completedFuture(
              said(environment, given, loading));
    } catch (Exception failure) {
      return java.util.concurrent.CompletableFuture.failedFuture(failure);
    }
  }

  private @Nullable Object said(
      DataFetchingEnvironment environment, @Nullable Object given, Loading loading) {
    Object stored = form.taken(given);
    if (!tags.isEmpty()) {
      loading.tags(tags.of(environment, stored));
    }
    return stored;
  }

  private static Loading current() {
    return Objects.requireNonNull(Loading.current());
  }

  /** A method that Spring runs on an executor of its own gives a stage, whatever it declares. */
  private static @Nullable Object awaited(@Nullable Object given) throws Exception {
    if (!(given instanceof CompletionStage<?> stage)) {
      return given;
    }
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
