package dev.larder.internal.manage;

import dev.larder.manage.WarmUp;
import dev.larder.warm.Warming;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The warm-ups of this node as operators of any node see and order them. No I/O. */
final class WarmOrders {

  private final Warming warming;

  WarmOrders(Warming warming) {
    this.warming = warming;
  }

  List<WarmUp> status() {
    return warming.status();
  }

  static boolean knows(List<WarmUp> plans, String name) {
    return plans.stream().anyMatch(plan -> plan.name().equals(name));
  }

  private boolean isUnderWay(String name) {
    WarmUp.State state = warming.status(name).state();
    return state == WarmUp.State.RUNNING || state == WarmUp.State.PAUSED;
  }

  /** Does it if this node can. */
  Answer order(String node, String name, WarmUp.Action action) {
    if (!knows(status(), name)) {
      return Answer.refused(node, "it declares no such warm-up");
    }
    boolean isDone = switch (action) {
      case START -> {
        warming.start(name);
        yield true;
      }
      case RERUN_FAILED -> {
        if (warming.status(name).failed() == 0) {
          yield false;
        }
        warming.rerunFailed(name);
        yield true;
      }
      case PAUSE -> warming.pause(name);
      case RESUME -> warming.resume(name);
      case CANCEL -> warming.cancel(name);
    };
    return isDone
        ? Answer.done(node, "warm-up " + name + ": " + action + " on node " + node)
        : Answer.refused(
            node, isUnderWay(name) ? "it is past that" : "no run of it has anything to " + action);
  }

  /** Of what nodes tell, for each warm-up the run that is under way, else the last. */
  static List<WarmUp> merged(List<List<WarmUp>> told) {
    Map<String, WarmUp> byName = new TreeMap<>();
    for (List<WarmUp> each : told) {
      for (WarmUp warmUp : each) {
        byName.merge(warmUp.name(), warmUp, WarmOrders::later);
      }
    }
    return List.copyOf(byName.values());
  }

  private static WarmUp later(WarmUp one, WarmUp other) {
    return other.startedMillis() > one.startedMillis() ? other : one;
  }
}
