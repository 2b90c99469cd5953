package dev.larder.cli.look;

import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Block;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.RouteReport;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tables of what was done for HTTP requests. */
final class RouteTables {

  private static final String NO_REQUEST = "No request is counted: none came yet, or"
      + " larder.web.request-figures=true is not set, which counts what each does with caches.";
  private static final String NO_ROUTE = "No response was cached or asked for yet. Handlers with"
      + " @CachedResponse or @CachedPage show here.";

  private RouteTables() {}

  /** Why there is no row, in words; empty if there is one. */
  static String gap(RouteReport report, boolean isByRoute) {
    if (isByRoute) {
      return report.routes().isEmpty() ? NO_ROUTE : "";
    }
    return report.requests().isEmpty() ? NO_REQUEST : "";
  }

  /** Responses, by route. */
  static Answer byRoute(RouteReport report) {
    List<RouteStats> all = report.routes().stream()
        .sorted(Comparator.comparingLong(RouteStats::requests).reversed())
        .toList();
    Table table = new Table()
        .text("route", "ROUTE")
        .number("requests", "REQUESTS")
        .number("hits", "HITS")
        .number("staleHits", "STALE")
        .number("stored", "STORED")
        .number("notModified", "304")
        .number("notStored", "NOT STORED")
        .number("bypassed", "BYPASSED")
        .number("variants", "VARIANTS");
    List<Block> blocks = new ArrayList<>();
    blocks.add(table);
    for (RouteStats it : all) {
      table.row(
          Cell.of(it.route()),
          Cell.count(it.requests()),
          Cell.count(it.hits() + it.collapsed()),
          Cell.count(it.staleHits()),
          Cell.count(it.stored()),
          Cell.count(it.notModified()),
          Cell.count(sum(it.notStored())),
          Cell.count(sum(it.bypassed())),
          it.variants() >= RouteStats.MOST_VARIANTS
              ? new Cell(Figures.count(it.variants()) + "+", it.variants(), Style.PLAIN)
              : Cell.count(it.variants()));
    }
    for (RouteStats it : all) {
      addReasons(blocks, it, "not stored", it.notStored(), Style.PLAIN);
      addReasons(blocks, it, "reads what is not in the key", it.unkeyed(), Style.BAD);
      addReasons(blocks, it, "bypassed", it.bypassed(), Style.PLAIN);
    }
    addSilent(blocks, report);
    return new Answer("routes", all, table, blocks);
  }

  private static void addReasons(
      List<Block> blocks, RouteStats route, String what, Map<String, Long> counts, Style style) {
    if (!counts.isEmpty()) {
      String reasons = counts.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .map(each -> Figures.count(each.getValue()) + " × " + each.getKey())
          .reduce((one, other) -> one + ", " + other)
          .orElse("");
      blocks.add(Line.of(route.route() + ": ").and(what, style).and(": " + reasons, Style.PLAIN));
    }
  }

  /** What requests did with caches, by endpoint. */
  static Answer byEndpoint(RouteReport report) {
    List<RequestStats> all = report.requests().stream()
        .sorted(Comparator.comparingLong(RequestStats::requests).reversed())
        .toList();
    Table table = new Table()
        .text("route", "ENDPOINT")
        .number("requests", "REQUESTS")
        .number("hitRate", "HITS")
        .number("l1Hits", "L1")
        .number("l2Hits", "L2")
        .number("databaseHits", "DB")
        .number("misses", "MISSES")
        .number("meanLookNanos", "LOOKING")
        .number("meanLoadNanos", "LOADING")
        .number("meanNanos", "REQUEST");
    for (RequestStats it : all) {
      table.row(
          Cell.of(it.route()),
          Cell.count(it.requests()),
          Cell.share(it.hitRate()),
          Cell.count(it.l1Hits()),
          Cell.count(it.l2Hits()),
          Cell.count(it.databaseHits()),
          Cell.count(it.misses()),
          mean(it.lookNanos(), it.requests()),
          mean(it.loadNanos(), it.requests()),
          mean(it.requestNanos(), it.requests()));
    }
    List<Block> blocks = new ArrayList<>(List.of(table));
    addSilent(blocks, report);
    return new Answer("endpoints", all, table, blocks);
  }

  private static Cell mean(long nanos, long number) {
    long mean = number == 0 ? 0 : nanos / number;
    return Cell.number(Figures.nanos(mean), mean);
  }

  private static void addSilent(List<Block> blocks, RouteReport report) {
    if (!report.silent().isEmpty()) {
      blocks.add(Line.of(
          "Not in it, since they gave no answer: " + String.join(", ", report.silent()),
          Style.WARNING));
    }
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
