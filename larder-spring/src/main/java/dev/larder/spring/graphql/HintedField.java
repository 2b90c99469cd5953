package dev.larder.spring.graphql;

import dev.larder.Loading;
import dev.larder.spring.internal.Bound;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/**
 * Fetches a field of a response that may be under way to be stored: gives the response the field's tags,
 * and takes the response's load along to where a publisher is subscribed to.
 */
final class HintedField implements DataFetcher<Object> {

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.larder.graphql");

  private final FieldCoordinates field;
  private final DataFetcher<?> fetcher;
  private final FieldTags tags;
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  HintedField(FieldCoordinates field, DataFetcher<?> fetcher, FieldTags tags) {
    this.field = field;
    this.fetcher = fetcher;
    this.tags = tags;
  }

  @Override
  public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
    Object given = fetcher.get(environment);
    Loading loading = environment.getGraphQlContext().get(LoadingAccessor.KEY);
    if (loading == null) {
      return given;
    }
    if (given instanceof Publisher<?>) {
      warnOfOtherThreads();
    }
    if (given instanceof Flux<?> flux) {
      return Bound.mono(flux.collectList(), loading)
          .doOnNext(value -> tag(environment, value, loading));
    }
    if (given instanceof Mono<?> mono) {
      return Bound.mono(mono, loading).doOnNext(value -> tag(environment, value, loading));
    }
    if (given instanceof CompletionStage<?> stage) {
      return stage.thenApply(value -> {
        tag(environment, value, loading);
        return value;
      });
    }
    tag(environment, given, loading);
    return given;
  }

  private void warnOfOtherThreads() {
    if (tags.isEmpty()
        && !Hooks.isAutomaticContextPropagationEnabled()
        && hasWarned.compareAndSet(false, true)) {
      LOGGER.warn(
          "@{} on {}: cached values that its publisher reads on other threads do not become tags of"
              + " the response; name the tags, or set spring.reactor.context-propagation=auto",
          ResponseHint.DIRECTIVE,
          FieldFault.name(field));
    }
  }

  private void tag(DataFetchingEnvironment environment, @Nullable Object value, Loading loading) {
    if (!tags.isEmpty()) {
      loading.tags(tags.of(environment, value));
    }
  }
}
