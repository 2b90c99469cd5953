package dev.larder.showcase.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.Operator;
import dev.larder.cli.Operator.Ran;
import dev.larder.showcase.algoitny.AlgoItnyApplication;
import dev.larder.showcase.live.LiveSystem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What requests did with caches, over HTTP at the console of AlgoItny, which caches responses. */
@Timeout(300)
class OperatorOfRoutesIT {
  private static final String TOKEN = "a-token-that-only-tests-know";
  private static final String ROUTE = "/api/problems/{id}/statistics";

  @Test
  void statsByRouteAndEndpoint_countRequests() {
    Map<String, Object> properties = new LinkedHashMap<>(LiveSystem.PATIENT);
    properties.put("showcase.console.token", TOKEN);
    properties.put("larder.web.server-timing", true);
    properties.put("algoitny.scale", 0.002);
    properties.put("algoitny.warm.problems", "1d");
    properties.put("algoitny.warm.stats", "1d");
    try (LiveSystem system = LiveSystem.start(AlgoItnyApplication.class, properties)) {
      Operator operator = new Operator(
          Map.of("LARDER_URL", system.address() + "/algoitny/larder", "LARDER_TOKEN", TOKEN));
      for (int i = 0; i < 3; i++) {
        assertThat(system.anybody().get("/algoitny/api/problems/4/statistics").status())
            .isEqualTo(200);
      }

      JsonNode route = row(operator.runs("stats --by route -o json"), "routes");
      assertThat(route.path("hits").asLong()).as(route.toString()).isEqualTo(2);
      assertThat(route.path("stored").asLong()).isEqualTo(1);
      JsonNode endpoint = row(operator.runs("stats --by endpoint -o json"), "endpoints");
      assertThat(endpoint.path("requests").asLong()).as(endpoint.toString()).isEqualTo(3);
      assertThat(endpoint.path("l1Hits").asLong()).isGreaterThanOrEqualTo(2);
      assertThat(operator.runs("stats --by route").out()).contains(ROUTE);
      assertThat(operator.runs("stats problem_list --by route").status()).isEqualTo(2);
    }
  }

  private static JsonNode row(Ran ran, String name) {
    assertThat(ran.status()).as(ran.toString()).isZero();
    return ran.json()
        .path(name)
        .valueStream()
        .filter(it -> it.path("route").asString().endsWith(ROUTE))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + ROUTE + " in " + ran));
  }
}
