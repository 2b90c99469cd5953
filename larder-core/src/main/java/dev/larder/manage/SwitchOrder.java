package dev.larder.manage;

import java.util.Comparator;
import java.util.Optional;

/**
 * Who set a switch as it stands now, and when, as far as a node remembers.
 *
 * @param cache name of the cache; empty for all caches at once
 * @param percent share of the keys that are cached since, 0 to 100
 * @param who who asked
 * @param atMillis when, by the clock of the node that was asked
 */
public record SwitchOrder(String cache, int percent, String who, long atMillis) {

  private static final String TURNED = ": switch to ";

  /**
   * The order by which a switch stands; empty if no order has set it, no node remembers the last one, or
   * another was given that nodes do not tell of.
   *
   * @param cache empty for all caches at once
   */
  public static Optional<SwitchOrder> of(Overview overview, String cache) {
    Integer percent = overview.switches().get(cache);
    if (percent == null) {
      return Optional.empty();
    }
    String end = text("", percent);
    return overview.nodes().stream()
        .flatMap(node -> node.events().stream())
        .filter(it -> it.kind() == Event.Kind.ACTION
            && it.cache().equals(cache)
            && it.text().contains(TURNED))
        .max(Comparator.comparingLong(Event::atMillis))
        .filter(last -> last.text().endsWith(end))
        .map(last -> new SwitchOrder(
            cache,
            percent,
            last.text().substring(0, last.text().length() - end.length()),
            last.atMillis()));
  }

  /** How the {@link Event.Kind#ACTION} that sets a switch reads: {@code ann: switch to 25 %}. */
  public static String text(String who, int percent) {
    return who + TURNED + percent + " %";
  }
}
