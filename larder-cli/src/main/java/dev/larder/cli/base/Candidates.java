package dev.larder.cli.base;

import dev.larder.cli.connect.ConnectOptions;
import dev.larder.cli.connect.Connection;
import dev.larder.cli.connect.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Management;
import dev.larder.manage.NodeView;
import dev.larder.manage.WarmUp;
import dev.larder.stats.CacheStats.HotKey;
import java.util.List;
import java.util.stream.Stream;

/** Names that a running application knows. Stores are not asked: opening them takes too long. */
public final class Candidates {

  /** How many events are looked through for tags. */
  private static final int EVENTS = 500;

  private static final int SHOWN_TAG = 200;

  private Candidates() {}

  /**
   * The names of a kind: {@code caches}, {@code tags}, {@code warm-ups} or {@code keys}; none of another,
   * and none if no application is meant. Throws what asking throws.
   */
  public static List<String> of(String kind, ConnectOptions connect, Surroundings surroundings) {
    Target target =
        connect.target(surroundings.environment(), surroundings.folder(), surroundings.in());
    if (!(target instanceof Target.Application)) {
      return List.of();
    }
    try (Connection connection = surroundings.opening().open(target)) {
      return of(kind, connection.management()).filter(Candidates::isOneWord).toList();
    }
  }

  private static Stream<String> of(String kind, Management management) {
    return switch (kind) {
      case "caches" -> KnownCaches.of(management.overview()).stream();
      case "tags" ->
        management.events(0, EVENTS).stream()
            .filter(it -> it.kind() == Event.Kind.INVALIDATION)
            .flatMap(it -> Stream.of(it.subject().split(", ", -1)))
            .filter(it -> it.startsWith("tag "))
            .map(it -> it.substring("tag ".length()));
      case "warm-ups" -> management.warmUps().stream().map(WarmUp::name);
      case "keys" ->
        management.overview().nodes().stream()
            .map(NodeView::caches)
            .flatMap(List::stream)
            .flatMap(it -> it.stats().topKeys().stream())
            .map(HotKey::key);
      default -> Stream.empty();
    };
  }

  /** What a shell would take apart, or a terminal take for an order, is no candidate. */
  private static boolean isOneWord(String name) {
    return name.length() <= SHOWN_TAG
        && !name.isEmpty()
        && name.chars()
            .allMatch(it -> it > ' ' && it < 127 && "'\"\\`$;&|<>(){}*?![]#~".indexOf(it) < 0);
  }
}
