package dev.larder.internal.manage;

import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmRun;
import dev.larder.warm.Warming;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
  CompletionStage<Answer> limited(String node, String name, String argument) {
    String[] parts = argument.split(" ", -1);
    WarmUp.Limits limits = new WarmUp.Limits(
        Long.parseLong(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    return order(node, name, WarmUp.Action.valueOf(parts[0]), limits);
  }

  /** Does it if this node can; a run has begun, or another node is at it, when this is done. */
  CompletionStage<Answer> order(
      String node, String name, WarmUp.Action action, WarmUp.Limits limits) {
    if (!knows(status(), name)) {
      return refused(node, "it declares no such warm-up");
    }
    Answer done = Answer.done(
        node,
        "warm-up " + name + ": " + action + " on node " + node
            + (limits.shown().isEmpty() ? "" : ", " + limits.shown()));
    return switch (action) {
      case START -> begun(node, warming.start(name, limits), done);
      case RERUN_FAILED ->
        warming.status(name).failed() == 0
            ? nothing(node, name, action)
            : begun(node, warming.rerunFailed(name, limits), done);
      case PAUSE -> warming.pause(name) ? done(done) : nothing(node, name, action);
      case RESUME -> warming.resume(name, limits) ? done(done) : nothing(node, name, action);
      case CANCEL -> warming.cancel(name) ? done(done) : nothing(node, name, action);
    };
  }

  private static CompletionStage<Answer> begun(String node, WarmRun run, Answer done) {
    return run.turn().thenApply(turn -> switch (turn) {
      case HERE, ELSEWHERE -> done;
      case DONE_LATELY -> Answer.refused(node, "a node has just done it");
      case UNREACHABLE ->
        Answer.refused(
            node,
            "nothing was started: the shared tier that tells whose turn it is does not answer");
      case REFUSED -> Answer.refused(node, "too many runs wait, or it is closing");
    });
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static CompletionStage<Answer> refused(String node, String why) {
    return done(Answer.refused(node, why));
  }

  private CompletionStage<Answer> nothing(String node, String name, WarmUp.Action action) {
    return refused(
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
