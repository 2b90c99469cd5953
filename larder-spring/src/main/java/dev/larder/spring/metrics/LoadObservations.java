package dev.larder.spring.metrics;

import dev.larder.LoadObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An observation {@value #NAME} for each load, so a timer and, where tracing is set up, a span that what
 * the loader does stands under. Hits, which are many, make none. It names the cache and never the key,
 * which may tell of a person.
 */
public final class LoadObservations implements LoadObserver {

  /** Name of the observation. */
  public static final String NAME = "larder.load";

  private final ObservationRegistry registry;

  /** Observations in a registry. */
  public LoadObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  private Observation observation(String cache, int keys) {
    return Observation.createNotStarted(NAME, registry)
        .contextualName("load " + cache)
        .lowCardinalityKeyValue("cache", cache)
        .lowCardinalityKeyValue("bulk", Boolean.toString(keys > 1));
  }

  @Override
  public <T, X extends Exception> @Nullable T observe(String cache, int keys, Body<T, X> body)
      throws X {
    Observation observation = observation(cache, keys).start();
    Observation.Scope scope = observation.openScope();
    try {
      return body.load();
    } catch (Throwable failure) {
      observation.error(failure);
      throw failure;
    } finally {
      scope.close();
      observation.stop();
    }
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> observeLater(
      String cache, int keys, Supplier<CompletionStage<T>> body) {
    Observation observation = observation(cache, keys).start();
    Observation.Scope scope = observation.openScope();
    try {
      return body.get().whenComplete((value, failure) -> {
        if (failure != null) {
          Throwable cause = failure.getCause();
          observation.error(
              failure instanceof CompletionException && cause != null ? cause : failure);
        }
        observation.stop();
      });
    } catch (Throwable failure) {
      observation.error(failure);
      observation.stop();
      throw failure;
    } finally {
      scope.close();
    }
  }
}
