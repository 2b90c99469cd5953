package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.TimeSource;
import dev.larder.manage.Event;
import dev.larder.manage.NodeView;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateWatchTest {

  private final Journal journal = new Journal("n1", TimeSource.SYSTEM);
  private final StateWatch watch = new StateWatch(journal);

  private void look(NodeView.State state, String circuit) {
    TierStats tier = new TierStats(
        CacheTier.L2,
        "redis",
        "",
        !circuit.equals("closed"),
        circuit,
        true,
        Duration.ZERO,
        0,
        0,
        0,
        0,
        null,
        null,
        null);
    watch.look(new NodeView(
        "n1",
        "host",
        1,
        "1",
        0,
        0,
        state,
        0,
        1,
        2,
        "",
        List.of(),
        List.of(),
        List.of(tier),
        List.of(),
        List.of()));
  }

  private List<String> told() {
    return journal.since(0, 100).stream()
        .filter(it -> it.kind() == Event.Kind.CIRCUIT || it.kind() == Event.Kind.LINK)
        .map(it -> it.kind() + " " + it.subject() + ": " + it.text())
        .toList();
  }

  @Test
  void firstLook_isNewsOnlyOfATierThatIsOut() {
    look(NodeView.State.UNSURE, "closed");
    look(NodeView.State.UNSURE, "closed");
    assertThat(told()).isEmpty();
  }

  @Test
  void tierThatIsOutFromTheStart_isTold() {
    look(NodeView.State.UNSURE, "no-answer");
    look(NodeView.State.UNSURE, "open");
    assertThat(told()).containsExactly("CIRCUIT L2 redis: closed → no-answer");
  }

  @Test
  void outage_isToldWhenItBeginsAndEnds_notEachTimeTheCircuitIsTried() {
    look(NodeView.State.IN_SYNC, "closed");
    look(NodeView.State.UNSURE, "no-answer");
    for (int i = 0; i < 50; i++) {
      look(NodeView.State.UNSURE, "open");
      look(NodeView.State.UNSURE, "half-open");
    }
    look(NodeView.State.IN_SYNC, "closed");
    assertThat(told())
        .containsExactly(
            "CIRCUIT L2 redis: closed → no-answer",
            "LINK node n1: IN_SYNC → UNSURE",
            "CIRCUIT L2 redis: half-open → closed",
            "LINK node n1: UNSURE → IN_SYNC");
  }
}
