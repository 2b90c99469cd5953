package dev.larder.spring.annotation;

import dev.larder.InvalidationBatch;
import dev.larder.Larder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the annotations of one method make of its calls.
 *
 * @param main what answers; null if the method just runs
 * @param invalidations what follows when it has answered
 * @param form what the answer is, for {@code #result}; null if it is nothing or not known
 * @param annotated the method
 */
record MethodPlan(
    @Nullable Operation main,
    List<InvalidatesOperation> invalidations,
    @Nullable ReturnForm form,
    Larder larder,
    AnnotatedMethod annotated) {

  @Nullable Object answer(Call call) throws Exception {
    if (main instanceof CachedOperation cached && NamedCall.isNamed(cached, call)) {
      return NamedCall.nothing(call.method().getReturnType());
    }
    if (invalidations.isEmpty() && !(main instanceof WritesOperation)) {
      return run(call);
    }
    Object given;
    try (PendingInvalidations pending = PendingInvalidations.open(this, call)) {
      given = run(call);
      if (pending.isDone() || invalidations.isEmpty()) {
        return given;
      }
    }
    if (given instanceof CompletionStage<?> stage) {
      return stage.thenApply(value -> {
        invalidate(call, value);
        return value;
      });
    }
    if (form != null && form.answer() == ReturnForm.Answer.MONO) {
      return ((Mono<?>) Objects.requireNonNull(given))
          .doOnSuccess(value -> invalidate(call, value));
    }
    if (form != null && form.answer() == ReturnForm.Answer.FLUX) {
      return ((Flux<?>) Objects.requireNonNull(given)).doOnComplete(() -> invalidate(call, null));
    }
    invalidate(call, given);
    return given;
  }

  private @Nullable Object run(Call call) throws Exception {
    return main == null ? call.proceed() : main.answer(call);
  }

  /** Whether the answer is known when the method returns. */
  boolean isThereAlready(@Nullable Object given) {
    boolean isPublisher = form != null
        && (form.answer() == ReturnForm.Answer.MONO || form.answer() == ReturnForm.Answer.FLUX);
    return !(given instanceof CompletionStage<?>) && !isPublisher;
  }

  void invalidate(Call call, @Nullable Object given) {
    MethodBasedEvaluationContext context = call.context();
    Object result = given instanceof Optional<?> some ? some.orElse(null) : given;
    context.setVariable(Expressions.RESULT, result);
    InvalidationBatch batch = larder.batch().because(Fault.name(call.method()));
    boolean isAny = false;
    for (InvalidatesOperation each : invalidations) {
      isAny |= each.addTo(batch, context);
    }
    if (isAny && !batch.isEmpty()) {
      batch.apply();
    }
  }
}
