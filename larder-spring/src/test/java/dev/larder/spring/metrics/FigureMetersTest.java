package dev.larder.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.NodeFigures;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FigureMetersTest {

  private static final String HANDLER = "acme.Albums.album(long) /albums/{id}";
  private static final String ENDPOINT = "GET /albums/{id}";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** What modules of a node with one route and one endpoint count. */
  static NodeFigures figures() {
    NodeFigures figures = new NodeFigures();
    figures.addRoutes(() -> List.of(new RouteStats(
        HANDLER,
        "http.Albums.album",
        90,
        10,
        3,
        5,
        2,
        1,
        40,
        Map.of("the visitor is logged in", 7L, "switched off", 1L),
        Map.of("not in the key", 4L),
        Map.of("header X-A", 3L, "cookies", 1L),
        12)));
    figures.addRequests(() -> List.of(
        new RequestStats(ENDPOINT, 10, 40, 30, 20, 5, 10, 9, 2_000_000, 8_000_000, 90_000_000)));
    return figures;
  }

  private double http(String result) {
    return registry
        .get(MeterNames.HTTP_REQUESTS)
        .tags("route", HANDLER, "result", result)
        .functionCounter()
        .count();
  }

  private double lookups(String result) {
    return registry
        .get(MeterNames.REQUEST_LOOKUPS)
        .tags("route", ENDPOINT, "result", result)
        .functionCounter()
        .count();
  }

  @Test
  void requestsOfARoute_areCountedOnce_byResult() {
    new FigureMeters(registry, figures()).bindNew();
    assertThat(http("hit")).isEqualTo(80);
    assertThat(http("stale")).isEqualTo(10);
    assertThat(http("collapsed")).isEqualTo(3);
    assertThat(http("stored")).isEqualTo(3);
    assertThat(http("confirmed")).isEqualTo(2);
    assertThat(http("stand-in")).isEqualTo(1);
    assertThat(http("not-stored")).isEqualTo(4);
    assertThat(http("bypassed")).isEqualTo(8);
    assertThat(registry.get(MeterNames.HTTP_NOT_MODIFIED).functionCounter().count())
        .isEqualTo(40);
    assertThat(registry.get(MeterNames.HTTP_UNKEYED).functionCounter().count()).isEqualTo(4);
    assertThat(registry.get(MeterNames.HTTP_VARIANTS).gauge().value()).isEqualTo(12);
  }

  @Test
  void endpoints_haveTheirLookups_andTheTimeOfARequest() {
    new FigureMeters(registry, figures()).bindNew();
    assertThat(lookups("l1")).isEqualTo(40);
    assertThat(lookups("l2")).isEqualTo(30);
    assertThat(lookups("database")).isEqualTo(20);
    assertThat(lookups("source")).isEqualTo(10);
    FunctionTimer time = registry.get(MeterNames.REQUEST_CACHE_TIME).functionTimer();
    assertThat(time.count()).isEqualTo(10);
    assertThat(time.mean(TimeUnit.MILLISECONDS)).isEqualTo(1);
  }

  @Test
  void aModuleThatFails_takesNoMetersAwayFromTheOthers() {
    NodeFigures figures = figures();
    figures.addRoutes(() -> {
      throw new IllegalStateException("it is broken");
    });
    new FigureMeters(registry, figures).bindNew();
    assertThat(http("hit")).isEqualTo(80);
  }
}
