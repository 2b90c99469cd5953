package dev.larder.internal.manage;

import dev.larder.manage.Event;
import dev.larder.manage.NodeView;
import dev.larder.stats.TierStats;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells when a node and its tiers change, by looking at them again and again. Not safe for many threads. */
final class StateWatch {

  private final Journal journal;
  private final Map<String, String> circuits = new HashMap<>();
  private NodeView.@Nullable State state;

  StateWatch(Journal journal) {
    this.journal = journal;
  }

  void look(NodeView view) {
    for (TierStats tier : view.tiers()) {
      // A tier that is out as the node begins is news, too.
      String before =
          Objects.requireNonNullElse(circuits.put(tier.store(), tier.circuit()), "closed");
      // While it is tried again every second, no change of it is news but the last.
      if (isClosed(before) != isClosed(tier.circuit())) {
        note(Event.Kind.CIRCUIT, tier.tier() + " " + tier.store(), before + " → " + tier.circuit());
      }
    }
    NodeView.State before = state;
    state = view.state();
    if (before != null && before != view.state()) {
      note(Event.Kind.LINK, "node " + view.id(), before + " → " + view.state());
    }
  }

  private static boolean isClosed(String circuit) {
    return circuit.equals("closed");
  }

  private void note(Event.Kind kind, String subject, String text) {
    journal.note(kind, "", subject, text, 0, 1);
  }
}
