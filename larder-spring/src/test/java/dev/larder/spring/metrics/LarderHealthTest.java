package dev.larder.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.NodeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LarderHealthTest {

  private static final Duration NOW = Duration.ofMillis(10);

  private static Health of(NodeView node) {
    return new LarderHealth(() -> node, Status.UP).health();
  }

  @SuppressWarnings("unchecked")
  private static List<String> reasons(Health health) {
    return (List<String>) health.getDetails().getOrDefault("reasons", List.of());
  }

  @Test
  void allWell_isUpWithoutReasons() {
    Health health = of(NodeViews.node(0, 5, 0, NodeViews.redis(false, NOW)));
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails())
        .containsEntry("node", "n1")
        .containsEntry("tiers", Map.of("L2 (redis)", "ready"))
        .containsEntry("waitingInvalidations", 0)
        .doesNotContainKey("reasons");
  }

  @Test
  void tierDegraded_isUpWithItsReason() {
    Health health = of(NodeViews.node(0, 0, 0, NodeViews.redis(true, NOW)));
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails()).containsEntry("tiers", Map.of("L2 (redis)", "degraded"));
    assertThat(reasons(health))
        .singleElement()
        .asString()
        .contains("n1 skips L2 (redis)", "circuit is open", "nothing older");
  }

  @Test
  void followerBehind_isTold() {
    Health health = of(NodeViews.node(0, 0, 0, NodeViews.redis(false, Duration.ofMillis(12_345))));
    assertThat(health.getDetails()).containsEntry("tiers", Map.of("L2 (redis)", "unsure"));
    assertThat(reasons(health))
        .singleElement()
        .asString()
        .contains("is unsure", "log in redis", "12.3 s", "max-staleness");
  }

  @Test
  void lostOrTrimmedLog_isTold_forAMinute() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(reasons(
            of(NodeViews.node(0, 0, 0, NodeViews.redis(false, NOW, minute.minusMillis(1))))))
        .singleElement()
        .asString()
        .contains("lost the log in redis", "(began 60.0 s ago)");
    assertThat(reasons(of(NodeViews.node(0, 0, 0, NodeViews.redis(false, NOW, minute)))))
        .isEmpty();
  }

  @Test
  void invalidationsWaiting_areTold() {
    assertThat(reasons(of(NodeViews.node(3, 0, 0))))
        .singleElement()
        .asString()
        .startsWith("n1 is behind: 3 invalidations wait");
  }

  /** The count never falls again: it would hold the status until the process ends. */
  @Test
  void staleCopiesFound_areForTheAlerts() {
    assertThat(of(NodeViews.node(0, 100, 2)).getDetails()).doesNotContainKey("reasons");
  }

  @Test
  void otherStatus_holdsWhileThereIsAReason() {
    LarderHealth impaired = new LarderHealth(() -> NodeViews.node(1, 0, 0), Status.OUT_OF_SERVICE);
    assertThat(impaired.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    LarderHealth well = new LarderHealth(() -> NodeViews.node(0, 0, 0), Status.OUT_OF_SERVICE);
    assertThat(well.health().getStatus()).isEqualTo(Status.UP);
  }
}
