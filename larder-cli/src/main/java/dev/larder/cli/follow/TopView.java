package dev.larder.cli.follow;

import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Table;
import dev.larder.manage.Event;
import dev.larder.manage.Management;
import dev.larder.manage.Overview;
import dev.larder.stats.CacheStats.HotKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code top} shows: keys or loads, in an order, of one cache or all. Not safe for many threads. */
final class TopView {

  private static final int MOST_EVENTS = 5_000;
  private static final String LISTED =
      "a key is listed once " + HotKey.LEAST_SEEN + " of those were surely its own";

  private boolean isLoads;
  private int order;
  private String cache = "";
  private List<String> caches = List.of();

  /**
   * A key that is asked for often.
   *
   * @param cache name of its cache
   * @param key slot key
   * @param requests lookups, an estimate
   */
  record HotRow(String cache, String key, long requests) {}

  /**
   * Loads of one cache from one place.
   *
   * @param cache name of the cache
   * @param site who loaded
   * @param loads how many of those that are remembered
   * @param failures those of them that failed
   * @param keys keys that were loaded
   * @param totalNanos their time together
   * @param longestNanos the longest
   * @param slowest key of the longest
   * @param sinceMillis when the earliest of those that are remembered was
   */
  record LoadRow(
      String cache,
      String site,
      long loads,
      long failures,
      long keys,
      long totalNanos,
      long longestNanos,
      String slowest,
      long sinceMillis) {

    LoadRow plus(LoadRow other) {
      boolean isSlower = other.longestNanos > longestNanos;
      return new LoadRow(
          cache,
          site,
          loads + other.loads,
          failures + other.failures,
          keys + other.keys,
          totalNanos + other.totalNanos,
          isSlower ? other.longestNanos : longestNanos,
          isSlower ? other.slowest : slowest,
          Math.min(sinceMillis, other.sinceMillis));
    }
  }

  private record Order<T>(String name, Comparator<T> by) {}

  private static final List<Order<HotRow>> KEY_ORDERS = List.of(
      new Order<>("lookups", Comparator.comparingLong(HotRow::requests).reversed()),
      new Order<>("key", Comparator.comparing(HotRow::key)));

  private static final List<Order<LoadRow>> LOAD_ORDERS = List.of(
      new Order<>("total time", Comparator.comparingLong(LoadRow::totalNanos).reversed()),
      new Order<>("loads", Comparator.comparingLong(LoadRow::loads).reversed()),
      new Order<>("longest", Comparator.comparingLong(LoadRow::longestNanos).reversed()),
      new Order<>("failures", Comparator.comparingLong(LoadRow::failures).reversed()));

  TopView(boolean isLoads) {
    this.isLoads = isLoads;
  }

  /** Does what a key stands for. */
  void press(int key) {
    switch (key) {
      case 's' -> order = (order + 1) % (isLoads ? LOAD_ORDERS.size() : KEY_ORDERS.size());
      case 'n' -> {
        int next = caches.indexOf(cache) + 1;
        cache = next < caches.size() ? caches.get(next) : "";
      }
      case 'k', 'l' -> {
        isLoads = key == 'l';
        order = 0;
      }
      default -> {}
    }
  }

  /** What is shown, for the first line. */
  String title() {
    return (isLoads ? "loads" : "keys") + " by "
        + (isLoads ? LOAD_ORDERS.get(order).name() : KEY_ORDERS.get(order).name())
        + ", " + (cache.isEmpty() ? "all caches" : "cache " + cache);
  }

  Answer answer(Management management, int limit) {
    Overview overview = management.overview();
    caches = KnownCaches.of(overview);
    return isLoads ? loads(overview, management, limit) : keys(overview, limit);
  }

  private Answer keys(Overview overview, int limit) {
    Map<String, HotRow> found = new LinkedHashMap<>();
    overview.nodes().stream().flatMap(it -> it.caches().stream()).forEach(view -> {
      for (HotKey key : view.stats().topKeys()) {
        found.merge(
            key.key(),
            new HotRow(view.stats().cache(), key.key(), key.requests()),
            (one, other) -> new HotRow(one.cache(), one.key(), one.requests() + other.requests()));
      }
    });
    List<HotRow> rows = found.values().stream()
        .filter(it -> cache.isEmpty() || it.cache().equals(cache))
        .sorted(KEY_ORDERS.get(order).by())
        .limit(limit)
        .toList();
    Table table = new Table()
        .number("requests", "LOOKUPS, ESTIMATED")
        .text("cache", "CACHE")
        .text("key", "KEY");
    rows.forEach(
        it -> table.row(Cell.count(it.requests()), Cell.of(it.cache()), Cell.of(it.key())));
    Answer answer = Answer.of("keys", rows, table);
    return rows.isEmpty()
        ? answer.shownAs(List.of(Line.of(none(overview))))
        : answer.shownAs(List.of(
            Line.of("Estimated from 1 in " + HotKey.SAMPLE + " lookups since the nodes started: "
                + LISTED),
            table));
  }

  /** Why no key is listed. */
  private String none(Overview overview) {
    long lookups = overview.nodes().stream()
        .flatMap(it -> it.caches().stream())
        .filter(it -> cache.isEmpty() || it.stats().cache().equals(cache))
        .mapToLong(it -> it.stats().requests())
        .sum();
    return lookups == 0
        ? "No key has been asked for yet"
        : "No key stands out of " + Figures.counted(lookups, "lookup", "lookups") + ": 1 in "
            + HotKey.SAMPLE + " is looked at, and " + LISTED;
  }

  private Answer loads(Overview overview, Management management, int limit) {
    Map<String, LoadRow> found = new LinkedHashMap<>();
    events(overview, management)
        .filter(it -> it.kind() == Event.Kind.LOAD || it.kind() == Event.Kind.LOAD_FAILED)
        .filter(it -> cache.isEmpty() || it.cache().equals(cache))
        .map(TopView::row)
        .forEach(it -> found.merge(it.cache() + '\n' + it.site(), it, LoadRow::plus));
    List<LoadRow> rows =
        found.values().stream().sorted(LOAD_ORDERS.get(order).by()).limit(limit).toList();
    Table table = new Table()
        .number("loads", "LOADS")
        .number("failures", "FAILED")
        .number("keys", "KEYS")
        .number("totalNanos", "TOTAL")
        .number("meanNanos", "MEAN")
        .number("longestNanos", "LONGEST")
        .text("cache", "CACHE")
        .text("site", "BY")
        .text("slowest", "SLOWEST KEY");
    rows.forEach(it -> table.row(
        Cell.count(it.loads()),
        Cell.bad(it.failures()),
        Cell.count(it.keys()),
        Cell.number(Figures.nanos(it.totalNanos()), it.totalNanos()),
        Cell.number(Figures.nanos(it.totalNanos() / it.loads()), it.totalNanos() / it.loads()),
        Cell.number(Figures.nanos(it.longestNanos()), it.longestNanos()),
        Cell.of(it.cache()),
        Cell.of(it.site()),
        Cell.of(it.slowest())));
    Answer answer = Answer.of("loads", rows, table);
    return rows.isEmpty()
        ? answer
        : answer.shownAs(List.of(Line.of(period(rows, overview.atMillis())), table));
  }

  /** Nodes keep the latest loads, however long ago these began: without a period no count says much. */
  private static String period(List<LoadRow> rows, long now) {
    long since = rows.stream().mapToLong(LoadRow::sinceMillis).min().orElse(now);
    return "The latest loads, as far as nodes remember them: since " + Figures.time(since, now)
        + ", " + Figures.millis(Math.max(0, now - since)) + " ago";
  }

  /** What each node tells of itself, and what the node that was asked remembers of its own. */
  private static Stream<Event> events(Overview overview, Management management) {
    List<Event> all = new ArrayList<>(management.events(0, MOST_EVENTS).stream()
        .filter(it -> it.node().equals(overview.node()))
        .toList());
    overview.nodes().stream()
        .filter(it -> !it.id().equals(overview.node()) || all.isEmpty())
        .forEach(it -> all.addAll(it.events()));
    return all.stream();
  }

  private static LoadRow row(Event event) {
    boolean isFailed = event.kind() == Event.Kind.LOAD_FAILED;
    int colon = event.text().indexOf(": ");
    String site = isFailed && colon >= 0 ? event.text().substring(0, colon) : event.text();
    return new LoadRow(
        event.cache(),
        site.isEmpty() ? "unknown" : site,
        1,
        isFailed ? 1 : 0,
        Math.max(1, event.count()),
        event.nanos(),
        event.nanos(),
        event.subject(),
        event.atMillis());
  }
}
