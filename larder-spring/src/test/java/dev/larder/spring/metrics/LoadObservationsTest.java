package dev.larder.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.json.JsonCodecs;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadObservationsTest {

  private final ObservationRegistry registry = ObservationRegistry.create();
  private final List<Observation.Context> stopped = Collections.synchronizedList(new ArrayList<>());
  private final Larder larder = Larder.builder()
      .codecs(JsonCodecs.of(JsonCodecs.mapperBuilder().build()))
      .observer(new LoadObservations(registry))
      .build();
  private final Cache<Long, String> albums =
      larder.cache("album", CachePolicy.of(Long.class, String.class).build());

  LoadObservationsTest() {
    registry.observationConfig().observationHandler(new ObservationHandler<>() {
      @Override
      public void onStop(Observation.Context context) {
        stopped.add(context);
      }

      @Override
      public boolean supportsContext(Observation.Context context) {
        return true;
      }
    });
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private String loaded() {
    return Objects.requireNonNull(registry.getCurrentObservation())
        .getContextView()
        .getName();
  }

  private static String value(Observation.Context context, String key) {
    return Objects.requireNonNull(context.getLowCardinalityKeyValue(key)).getValue();
  }

  @Test
  void oneForALoad_noneForHits() {
    for (int i = 0; i < 5; i++) {
      assertThat(albums.get(1L, id -> loaded())).isEqualTo("larder.load");
    }
    assertThat(registry.getCurrentObservation()).isNull();
    assertThat(stopped).singleElement().satisfies(context -> {
      assertThat(context.getContextualName()).isEqualTo("load album");
      assertThat(value(context, "cache")).isEqualTo("album");
      assertThat(value(context, "bulk")).isEqualTo("false");
      assertThat(context.getHighCardinalityKeyValues()).isEmpty();
      assertThat(context.getError()).isNull();
    });
  }

  @Test
  void oneForABulkLoad() {
    albums.getAll(Set.of(1L, 2L, 3L), missing -> Map.of(1L, loaded(), 2L, "b", 3L, "c"));
    assertThat(stopped)
        .singleElement()
        .satisfies(context -> assertThat(value(context, "bulk")).isEqualTo("true"));
  }

  @Test
  void failures_areInIt_andComeOutAsTheyAre() {
    IOException failure = new IOException("down");
    assertThatThrownBy(() -> albums.get(1L, id -> {
          throw failure;
        }))
        .isSameAs(failure);
    assertThat(stopped)
        .singleElement()
        .satisfies(context -> assertThat(context.getError()).isSameAs(failure));
  }

  @Test
  void aLoadThatEndsLater_isOpenTillThen() {
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<?> got = albums
        .async()
        .get(1L, id -> {
          loaded();
          return source;
        })
        .toCompletableFuture();
    assertThat(stopped).isEmpty();
    assertThat(registry.getCurrentObservation()).isNull();
    source.complete("one");
    assertThat(got.join()).isEqualTo("one");
    assertThat(stopped).hasSize(1);
  }
}
