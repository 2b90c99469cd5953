package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.cli.output.Figures;
import dev.larder.manage.NodeView;
import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code larder status} says of what is over. */
class StatusConcernsTest {

  private static final Duration ENDED = Duration.ofMinutes(3);

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private static NodeView afterAnOutage() {
    NodeView node = FakeManagement.node("n1");
    TierStats tier = new TierStats(
        CacheTier.L2,
        "redis",
        "",
        false,
        "closed",
        true,
        Duration.ZERO,
        1_000,
        9,
        5,
        3,
        ENDED,
        ENDED,
        new Outage(Duration.ofMinutes(12), ENDED));
    return FakeManagement.like(
        node, node.startedMillis(), node.atMillis(), List.of(tier), node.caches(), node.events());
  }

  /** The same at each look, and to be compared with other clocks. */
  @Test
  void outageThatIsOver_isToldWithTheTimeOfDay() {
    management.nodes = List.of(afterAnOutage());
    long at = FakeManagement.NOW - ENDED.toMillis();

    assertThat(cli.run("status")).isZero();
    String time = Figures.time(at, FakeManagement.NOW);
    assertThat(cli.out)
        .contains("n1 skipped L2 (redis) for 9 min, and asked it again at " + time + "\n")
        .contains("had is loaded anew when it is asked for, since n1 lost the log in L2 (redis) at "
            + time + "\n");

    cli.run("status", "-o", "json");
    JsonNode concerns = new JsonMapper().readTree(cli.out).at("/status/concerns");
    assertThat(concerns.at("/0/atMillis").asLong()).isEqualTo(at);
    assertThat(concerns.at("/0/what").asString()).doesNotContain("ago");
  }
}
