package dev.larder.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What modules beside the engine count on this node, for its operators. A module adds where its figures
 * come from; they are read when somebody asks, at most a few times a second, on any thread. A source
 * that fails is left out. Safe for many threads.
 */
public final class NodeFigures {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.manage");

  private final List<Supplier<List<RouteStats>>> routes = new CopyOnWriteArrayList<>();
  private final List<Supplier<List<RequestStats>>> requests = new CopyOnWriteArrayList<>();
  private final List<Supplier<SessionStats>> sessions = new CopyOnWriteArrayList<>();

  /** None yet. */
  public NodeFigures() {}

  /** Adds a cache of HTTP responses. */
  public void addRoutes(Supplier<List<RouteStats>> source) {
    routes.add(source);
  }

  /** Adds what requests do with caches. */
  public void addRequests(Supplier<List<RequestStats>> source) {
    requests.add(source);
  }

  /** Adds where sessions are kept. */
  public void addSessions(Supplier<SessionStats> source) {
    sessions.add(source);
  }

  /** Whether no module has added any. */
  public boolean isEmpty() {
    return routes.isEmpty() && requests.isEmpty() && sessions.isEmpty();
  }

  /** What caches of HTTP responses did, by route. */
  public List<RouteStats> routes() {
    return lists(routes);
  }

  /** What requests did with caches, by endpoint. */
  public List<RequestStats> requests() {
    return lists(requests);
  }

  /** What was done with sessions, by where they are kept. May ask a store. */
  public List<SessionStats> sessions() {
    List<SessionStats> all = new ArrayList<>();
    for (Supplier<SessionStats> source : sessions) {
      SessionStats read = read(source);
      if (read != null) {
        all.add(read);
      }
    }
    return all;
  }

  private static <T> List<T> lists(List<Supplier<List<T>>> sources) {
    List<T> all = new ArrayList<>();
    for (Supplier<List<T>> source : sources) {
      List<T> read = read(source);
      if (read != null) {
        all.addAll(read);
      }
    }
    return all;
  }

  private static <T> @Nullable T read(Supplier<T> source) {
    try {
      return source.get();
    } catch (RuntimeException failure) {
      logger.warn("figures of a module can't be read", failure);
      return null;
    }
  }
}
