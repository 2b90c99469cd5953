package dev.larder.internal.manage;

import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.WarmUp;
import dev.larder.warm.Warming;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The warm-ups of this node as operators of any node see and order them. No I/O. */
final class WarmOrders {

  /** The kind of question that carries limits: a node of a version without them refuses it. */
  static final String LIMITED = "warm-limited";

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

  /**
   * Returns if limits can be given with an action as things stand.
   *
   * @throws ManagementException if not, with the reason
   */
  static void requireFit(WarmUp plan, WarmUp.Action action, WarmUp.Limits limits) {
    List<String> faults = limits.faults(plan.declared());
    boolean runsNothing = action == WarmUp.Action.PAUSE || action == WarmUp.Action.CANCEL;
    if (runsNothing) {
      faults.add(action + " takes no limits");
    } else if (action == WarmUp.Action.RESUME && limits.most() > 0) {
      faults.add("limit " + limits.most() + " cannot be set for a run that goes on");
    }
    if (!faults.isEmpty()) {
      throw new ManagementException(
          Reason.WRONG_QUESTION, "warm-up " + plan.name() + ": " + String.join("; ", faults));
    }
    if (action != WarmUp.Action.RESUME && isUnderWay(plan.state())) {
      // It would go on as it began, and whoever asked would believe in other limits.
      throw new ManagementException(
          Reason.REFUSED,
          "warm-up " + plan.name() + ": a run is under way on node " + plan.node()
              + " with its own limits; pause it and resume it with others, or cancel it");
    }
  }

  private boolean isUnderWay(String name) {
    return isUnderWay(warming.status(name).state());
  }

  private static boolean isUnderWay(WarmUp.State state) {
    return state == WarmUp.State.RUNNING || state == WarmUp.State.PAUSED;
  }

  /** An action with limits, as text. */
  static String argument(WarmUp.Action action, WarmUp.Limits limits) {
    return action + " " + limits.most() + " " + limits.perSecond() + " " + limits.concurrency();
  }

  /** Does what {@link #argument} says. */
  Answer limited(String node, String name, String argument) {
    String[] parts = argument.split(" ", -1);
    WarmUp.Limits limits = new WarmUp.Limits(
        Long.parseLong(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    return order(node, name, WarmUp.Action.valueOf(parts[0]), limits);
  }

  /** Does it if this node can. */
  Answer order(String node, String name, WarmUp.Action action, WarmUp.Limits limits) {
    if (!knows(status(), name)) {
      return Answer.refused(node, "it declares no such warm-up");
    }
    boolean isDone = switch (action) {
      case START -> {
        warming.start(name, limits);
        yield true;
      }
      case RERUN_FAILED -> {
        if (warming.status(name).failed() == 0) {
          yield false;
        }
        warming.rerunFailed(name, limits);
        yield true;
      }
      case PAUSE -> warming.pause(name);
      case RESUME -> warming.resume(name, limits);
      case CANCEL -> warming.cancel(name);
    };
    return isDone
        ? Answer.done(
            node,
            "warm-up " + name + ": " + action + " on node " + node
                + (limits.shown().isEmpty() ? "" : ", " + limits.shown()))
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
