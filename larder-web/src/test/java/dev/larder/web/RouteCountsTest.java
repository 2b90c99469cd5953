package dev.larder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.stats.RouteStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteCountsTest {

  @Test
  void routesWithoutEnd_areBounded_andNoneIsLost() {
    try (Larder larder = Larder.builder().keyPrefix("web").build()) {
      Cache<RequestKey, StoredResponse> pages = larder.cache(
          "pages", StoredResponse.policy().ttl(Duration.ofMinutes(5)).build());
      ResponseRule rule = ResponseRule.in(pages).build();
      RouteCounts counts = new RouteCounts();
      for (int i = 0; i < 10_000; i++) {
        counts.of(new MatchedRoute(rule, "/random/" + i, Map.of())).hit(false);
      }
      List<RouteStats> stats = counts.stats();
      assertThat(stats).hasSizeLessThanOrEqualTo(RouteCounts.MOST_ROUTES + 1);
      assertThat(stats.stream().mapToLong(RouteStats::requests).sum()).isEqualTo(10_000);
      assertThat(stats).anySatisfy(route -> {
        assertThat(route.route()).isEqualTo(RouteStats.OTHERS);
        assertThat(route.hits()).isEqualTo(9_500);
      });
    }
  }

  @Test
  void reasonsWithoutEnd_areBoundedInNumberAndLength() {
    Reasons reasons = new Reasons();
    for (int i = 0; i < 10_000; i++) {
      reasons.add("header X-" + i + "y".repeat(5_000));
    }
    Map<String, Long> all = reasons.all();
    assertThat(all).hasSizeLessThanOrEqualTo(Reasons.MOST + 1);
    assertThat(all.keySet())
        .allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(Reasons.LONGEST + 1));
    assertThat(all.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000);
    assertThat(all.get(RouteStats.OTHERS)).isEqualTo(9_980);
  }

  @Test
  void variants_areEstimatedWithinATenth_andEnd() {
    Variants variants = new Variants();
    assertThat(variants.estimate()).isZero();
    for (int i = 0; i < 200; i++) {
      variants.add(List.of("language-" + i % 100));
      variants.add(List.of("language-" + i % 100));
    }
    assertThat(variants.estimate()).isBetween(90, 110);
    for (int i = 0; i < 100_000; i++) {
      variants.add(List.of("language-" + i));
    }
    assertThat(variants.estimate()).isEqualTo(RouteStats.MOST_VARIANTS);
  }
}
