package dev.larder.cli.base;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.exit.Nearest;
import dev.larder.manage.Overview;
import java.util.List;

/** The caches that nodes tell of. */
public final class KnownCaches {

  private KnownCaches() {}

  /** Their names, sorted. */
  public static List<String> of(Overview overview) {
    return overview.nodes().stream()
        .flatMap(node -> node.caches().stream())
        .map(it -> it.stats().cache())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Returns if there is such a cache. Where no node runs, nobody knows the names and all are taken.
   *
   * @throws Fault naming the nearest
   */
  public static void require(Overview overview, String cache) {
    List<String> known = of(overview);
    if (!known.contains(cache) && !known.isEmpty()) {
      throw new Fault(
          ExitCode.MISSING,
          "there is no cache '" + cache + "'",
          "the caches are " + String.join(", ", known),
          Nearest.to(cache, known).map(it -> "did you mean " + it + "?").orElse(""));
    }
  }
}
