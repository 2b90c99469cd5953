package dev.larder.spring.annotation;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CacheScope;
import dev.larder.Loading;
import dev.larder.spring.internal.Bound;
import dev.larder.spring.internal.ReactiveSecurity;
import dev.larder.spring.internal.Templates;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.expression.Expression;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** A call that a cache may answer. */
final class CachedOperation implements Operation {

  private final Cache<List<@Nullable Object>, Object> cache;
  private final ReturnForm form;
  private final KeyForm key;
  private final List<Expression> tags;
  private final @Nullable Expression condition;
  private final @Nullable Expression unless;

  CachedOperation(
      Cache<List<@Nullable Object>, Object> cache,
      ReturnForm form,
      KeyForm key,
      List<Expression> tags,
      @Nullable Expression condition,
      @Nullable Expression unless) {
    this.cache = cache;
    this.form = form;
    this.key = key;
    this.tags = tags;
    this.condition = condition;
    this.unless = unless;
  }

  @Override
  public @Nullable Object answer(Call call) throws Exception {
    MethodBasedEvaluationContext context = call.context();
    if (condition != null && !Boolean.TRUE.equals(condition.getValue(context, Boolean.class))) {
      return call.proceed();
    }
    List<@Nullable Object> parts = key.of(call.arguments(), context);
    return switch (form.answer()) {
      case AT_ONCE ->
        form.given(cache.get(parts, ignored -> said(call, call.proceed(), current())));
      case STAGE ->
        cache
            .async()
            .get(parts, ignored -> stage(call))
            .thenApply(form::given)
            .toCompletableFuture();
      case MONO, FLUX -> Reactive.answer(this, call, parts);
    };
  }

  /** Ends the entry of a call. */
  Acknowledgement invalidate(MethodBasedEvaluationContext context, @Nullable Object[] arguments) {
    return cache.invalidate(key.of(arguments, context));
  }

  /** Apart, so that an application without Reactor never loads its classes. */
  private static final class Reactive {

    /**
     * @param parts the key as the thread of the call has it. On a reactive server who is asking stands
     *     in the context of the subscription instead
     */
    static Object answer(CachedOperation it, Call call, List<@Nullable Object> parts) {
      Loading around = Loading.current();
      Mono<Object> stored = Mono.deferContextual(context -> keyOf(it, call, parts, context)
          .flatMap((List<@Nullable Object> key) -> Mono.fromCompletionStage(Bound.in(
              around, () -> it.cache.async().get(key, ignored -> stage(it, call, context))))));
      return it.form.answer() == ReturnForm.Answer.MONO
          ? stored.mapNotNull(it.form::given)
          : stored.flatMapIterable(value -> (Iterable<?>) value);
    }

    private static Mono<List<@Nullable Object>> keyOf(
        CachedOperation it, Call call, List<@Nullable Object> parts, ContextView context) {
      return it.isPublic()
          ? Mono.just(parts)
          : ReactiveSecurity.<List<@Nullable Object>>later(
                  context, () -> it.key.of(call.arguments(), call.context()))
              .defaultIfEmpty(parts);
    }

    /** Runs the method with the context of whoever subscribed, in which a user is noticed. */
    private static CompletionStage<@Nullable Object> stage(
        CachedOperation it, Call call, ContextView context) {
      Loading loading = current();
      try {
        Object given = proceeded(call);
        Mono<?> mono = given instanceof Flux<?> flux ? flux.collectList() : (Mono<?>) given;
        return Bound.mono(mono, loading)
            .contextWrite(inner -> ReactiveSecurity.watched(inner.putAll(context), loading))
            .toFuture()
            .thenApply(value -> it.said(call, value, loading));
      } catch (Exception failure) {
        return CompletableFuture.failedFuture(failure);
      }
    }
  }

  private CompletionStage<@Nullable Object> stage(Call call) {
    Loading loading = current();
    try {
      return ((CompletionStage<?>) proceeded(call)).thenApply(value -> said(call, value, loading));
    } catch (Exception failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static Object proceeded(Call call) throws Exception {
    Object given = call.proceed();
    if (given == null) {
      throw new IllegalStateException(Fault.name(call.method()) + " returned null");
    }
    return given;
  }

  private boolean isPublic() {
    return cache.policy().scope() == CacheScope.PUBLIC;
  }

  private static Loading current() {
    return Objects.requireNonNull(Loading.current());
  }

  /** What is stored of what the method gave, with what the annotation says of it said. */
  private @Nullable Object said(Call call, @Nullable Object given, Loading loading) {
    Object stored = form.taken(given);
    if (unless != null || !tags.isEmpty()) {
      MethodBasedEvaluationContext context = call.context();
      context.setVariable(Expressions.RESULT, stored);
      if (unless != null && Boolean.TRUE.equals(unless.getValue(context, Boolean.class))) {
        loading.ttl(Duration.ZERO);
      }
      loading.tags(Templates.texts(tags, context));
    }
    return stored;
  }
}
