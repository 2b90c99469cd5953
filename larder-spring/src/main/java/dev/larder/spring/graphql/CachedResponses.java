package dev.larder.spring.graphql;

import dev.larder.Cache;
import dev.larder.CacheScope;
import dev.larder.Loading;
import dev.larder.spring.annotation.CallerIdentity;
import dev.larder.spring.internal.ReactiveSecurity;
import graphql.ExecutionResult;
import graphql.incremental.IncrementalExecutionResult;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.ExecutionGraphQlRequest;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Answers queries with stored responses where all of their fields allow it, and executes the others, and
 * all mutations and subscriptions, as ever. Safe for many threads.
 *
 * <p>The whole execution is one load of the response's entry, so it is as of its begin, one at a time for
 * equal queries, and takes over the tags of every cached value that a fetcher reads. Only data without
 * errors is stored. Where the caller may block, the query is executed on his thread.
 */
final class CachedResponses implements ExecutionGraphQlService {

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.larder.graphql");

  /** Something was answered that is not stored. */
  private static final class Unstored extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ExecutionResult result;

    Unstored(ExecutionResult result) {
      super("not stored", null, false, false);
      this.result = result;
    }
  }

  private final ExecutionGraphQlService service;
  private final ResponsePlans plans;
  private final Map<CacheScope, Cache<List<@Nullable Object>, String>> caches;
  private final @Nullable CallerIdentity identity;
  private final ContextSnapshotFactory snapshots =
      ContextSnapshotFactory.builder().build();

  CachedResponses(
      ExecutionGraphQlService service,
      ResponsePlans plans,
      Map<CacheScope, Cache<List<@Nullable Object>, String>> caches,
      @Nullable CallerIdentity identity) {
    this.service = service;
    this.plans = plans;
    this.caches = caches;
    this.identity = identity;
  }

  @Override
  public Mono<ExecutionGraphQlResponse> execute(ExecutionGraphQlRequest request) {
    ResponsePlans.Plan plan = request.getExtensions().isEmpty()
        ? plans.of(request.getDocument(), request.getOperationName())
        : null;
    return plan == null
        ? service.execute(request)
        : Mono.deferContextual(context -> answer(request, plan, context));
  }

  private Mono<ExecutionGraphQlResponse> answer(
      ExecutionGraphQlRequest request, ResponsePlans.Plan plan, ContextView context) {
    List<@Nullable Object> key;
    try {
      key = key(request, plan, context);
    } catch (StableParts.Unstable | ReactiveSecurity.NotYetKnown reason) {
      LOGGER.debug("a response is not looked up: {}", reason.getMessage());
      return service.execute(request);
    }
    Cache<List<@Nullable Object>, String> cache =
        Objects.requireNonNull(caches.get(plan.hint().scope()));
    AtomicReference<@Nullable ExecutionGraphQlResponse> own = new AtomicReference<>();
    if (Schedulers.isInNonBlockingThread()) {
      return Mono.fromCompletionStage(() -> cache
              .async()
              .get(key, ignored -> load(request, plan, context, own).toFuture())
              .thenApply(text -> response(request, own.get(), text)))
          .onErrorResume(failure -> unstored(request, failure));
    }
    try {
      String text = cache.get(key, ignored -> load(request, plan, context, own).block());
      return Mono.just(response(request, own.get(), text));
    } catch (RuntimeException failure) {
      return unstored(request, failure);
    }
  }

  private static Mono<ExecutionGraphQlResponse> unstored(
      ExecutionGraphQlRequest request, Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return cause instanceof Unstored unstored
        ? Mono.just(
            new DefaultExecutionGraphQlResponse(request.toExecutionInput(), unstored.result))
        : Mono.error(cause);
  }

  private List<@Nullable Object> key(
      ExecutionGraphQlRequest request, ResponsePlans.Plan plan, ContextView context)
      throws StableParts.Unstable, ReactiveSecurity.NotYetKnown {
    List<@Nullable Object> key = new ArrayList<>();
    if (plan.hint().scope() != CacheScope.PUBLIC) {
      CallerIdentity who = Objects.requireNonNull(identity);
      // Who is asking may stand in the reactive context alone.
      try (ContextSnapshot.Scope here = snapshots.setThreadLocalsFrom(context)) {
        Objects.requireNonNull(here);
        Object security = ReactiveSecurity.key();
        key.add(ReactiveSecurity.with(
            security == null ? null : context.getOrDefault(security, null),
            () -> plan.hint().scope() == CacheScope.USER ? who.user() : who.tenant()));
      }
    }
    key.add(plan.operation());
    key.add(plan.document());
    key.add(StableParts.of(request.getLocale()));
    Map<String, @Nullable Object> given = request.getVariables();
    for (String variable : plan.variables()) {
      if (given.containsKey(variable)) {
        key.add(variable);
        key.add(StableParts.of(given.get(variable)));
      }
    }
    return key;
  }

  /** Executes a query as a load: to the text that is stored, or an {@link Unstored} response. */
  private Mono<String> load(
      ExecutionGraphQlRequest request,
      ResponsePlans.Plan plan,
      ContextView context,
      AtomicReference<@Nullable ExecutionGraphQlResponse> own) {
    Loading loading = Objects.requireNonNull(Loading.current()).ttl(plan.hint().ttl());
    return service
        .execute(request)
        .map(response -> {
          ExecutionResult result = response.getExecutionResult();
          if (!result.getErrors().isEmpty()
              || !result.isDataPresent()
              || result.getData() == null
              || result instanceof IncrementalExecutionResult) {
            throw new Unstored(result);
          }
          String text = StoredData.text(result.getData());
          if (text == null) {
            throw new Unstored(result);
          }
          own.set(response);
          return text;
        })
        .contextWrite(inner -> ReactiveSecurity.watched(
            inner.putAll(context).put(LoadingAccessor.KEY, loading), loading));
  }

  private static ExecutionGraphQlResponse response(
      ExecutionGraphQlRequest request,
      @Nullable ExecutionGraphQlResponse own,
      @Nullable String text) {
    return own != null
        ? own
        : new DefaultExecutionGraphQlResponse(
            request.toExecutionInput(),
            ExecutionResult.newExecutionResult()
                .data(StoredData.of(Objects.requireNonNull(text)))
                .build());
  }
}
