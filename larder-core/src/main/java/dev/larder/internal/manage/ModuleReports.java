package dev.larder.internal.manage;

import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import dev.larder.manage.SessionReport.NodeSessions;
import dev.larder.stats.NodeFigures;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import dev.larder.stats.SessionStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What modules count, of this node for others, and of all nodes for an operator. */
final class ModuleReports {

  /** Kinds of questions. */
  static final String ROUTES = "routes";

  static final String SESSIONS = "sessions";

  /**
   * What one node counts.
   *
   * @param routes null where that was not asked for
   * @param requests null where that was not asked for
   * @param sessions null where that was not asked for
   */
  record Counted(
      @Nullable List<RouteStats> routes,
      @Nullable List<RequestStats> requests,
      @Nullable List<SessionStats> sessions) {}

  private final String node;
  private final NodeFigures figures;
  private final Executor executor;

  /** Of this node; sessions are counted on the executor, since their store is asked. */
  ModuleReports(String node, NodeFigures figures, Executor executor) {
    this.node = node;
    this.figures = figures;
    this.executor = executor;
  }

  /** This node's answer. */
  CompletionStage<Answer> answer(String kind) {
    if (kind.equals(ROUTES)) {
      return CompletableFuture.completedFuture(
          Answer.counted(node, new Counted(figures.routes(), figures.requests(), null)));
    }
    return CompletableFuture.supplyAsync(
        () -> Answer.counted(node, new Counted(null, null, figures.sessions())), executor);
  }

  /**
   * What all nodes answer.
   *
   * @param everyone asks them; adds to the list those that did not answer
   */
  RouteReport routes(BiFunction<Ask, List<String>, List<Answer>> everyone) {
    List<String> silent = new ArrayList<>();
    List<String> nodes = new ArrayList<>();
    Map<List<String>, RouteStats> routes = new TreeMap<>(ModuleReports::inOrder);
    Map<String, RequestStats> requests = new TreeMap<>();
    for (Answer answer : all(ROUTES, everyone, silent)) {
      Counted counted = answer.counted();
      if (counted == null) {
        // A node of another version, which does not count.
        silent.add(answer.node());
        continue;
      }
      nodes.add(answer.node());
      for (RouteStats each : orNone(counted.routes())) {
        routes.merge(List.of(each.route(), each.cache()), each, RouteStats::plus);
      }
      for (RequestStats each : orNone(counted.requests())) {
        requests.merge(each.route(), each, RequestStats::plus);
      }
    }
    return new RouteReport(
        List.copyOf(routes.values()), List.copyOf(requests.values()), nodes, silent);
  }

  private static int inOrder(List<String> one, List<String> other) {
    int byRoute = one.get(0).compareTo(other.get(0));
    return byRoute != 0 ? byRoute : one.get(1).compareTo(other.get(1));
  }

  /** As {@link #routes}, of sessions. */
  SessionReport sessions(BiFunction<Ask, List<String>, List<Answer>> everyone) {
    List<String> silent = new ArrayList<>();
    List<NodeSessions> nodes = new ArrayList<>();
    for (Answer answer : all(SESSIONS, everyone, silent)) {
      Counted counted = answer.counted();
      if (counted == null) {
        silent.add(answer.node());
      } else {
        nodes.add(new NodeSessions(answer.node(), orNone(counted.sessions())));
      }
    }
    return new SessionReport(nodes, silent);
  }

  private List<Answer> all(
      String kind, BiFunction<Ask, List<String>, List<Answer>> everyone, List<String> silent) {
    Ask ask = new Ask(LocalManagement.newId(), "", kind, "", "", List.of());
    List<Answer> all = new ArrayList<>(everyone.apply(ask, silent));
    if (!figures.isEmpty() && all.stream().noneMatch(answer -> answer.node().equals(node))) {
      // A node without caches does not count as one, but it may keep sessions.
      all.add(answer(kind).toCompletableFuture().join());
    }
    return all;
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
