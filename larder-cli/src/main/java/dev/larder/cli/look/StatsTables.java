package dev.larder.cli.look;

import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.stats.Distribution;
import java.util.ArrayList;
import java.util.List;

/** Tables of what caches have done. */
final class StatsTables {

  /**
   * What one tier has answered.
   *
   * @param cache name of the cache
   * @param tier L1, L2, DATABASE, or NONE for what was loaded or waited for a load
   * @param lookups how many it answered
   * @param share of all lookups, 0 to 1
   */
  record TierFigures(String cache, String tier, long lookups, double share) {}

  private StatsTables() {}

  /** Columns that people are spared where they would say nothing. */
  private record Columns(boolean perNode, boolean recent, boolean passes) {

    static Columns of(List<CacheFigures> all, boolean perNode) {
      return new Columns(
          perNode,
          all.stream().anyMatch(it -> it.recentLookups() > 0),
          all.stream().anyMatch(it -> it.passes() > 0));
    }
  }

  /** A row for each; for people with a total where there are several. */
  static Answer of(List<CacheFigures> all, boolean perNode) {
    Table table = table(all, new Columns(perNode, true, true));
    Columns needed = Columns.of(all, perNode);
    Table shown = table(all, needed);
    if (all.size() > 1) {
      shown.row(row(CacheFigures.total(all), needed, Style.BOLD));
    }
    return Answer.of("caches", all, table).shownAs(List.of(shown));
  }

  private static Table table(List<CacheFigures> all, Columns columns) {
    Table table = new Table().text("cache", "CACHE");
    if (columns.perNode()) {
      table.text("node", "NODE");
    }
    table
        .number("lookups", "LOOKUPS")
        .number("readsPerSecond", "READS/S")
        .number("hitRatio", "HITS")
        .number("l1Ratio", "L1")
        .number("l2Ratio", "L2")
        .number("databaseRatio", "DB")
        .number("staleHits", "STALE")
        .number("loads", "LOADS")
        .number("loadFailures", "FAILED")
        .number("meanLoadNanos", "MEAN LOAD")
        .number("savedNanos", "SAVED")
        .number("waits", "WAITS")
        .number("invalidations", "INVALIDATE CALLS")
        .number("l1Size", "L1 SIZE")
        .number("l1Evictions", "EVICTED")
        .number("percent", "ON");
    if (columns.passes()) {
      table.number("passes", "PASSED BY");
    }
    if (columns.recent()) {
      table.number("recentHitRatio", "HITS NOW");
    }
    all.forEach(it -> table.row(row(it, columns, Style.PLAIN)));
    return table;
  }

  private static List<Cell> row(CacheFigures it, Columns columns, Style style) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of(it.cache(), style));
    if (columns.perNode()) {
      row.add(Cell.of(it.node()));
    }
    row.add(Cell.count(it.lookups()));
    row.add(Cell.number(Figures.perSecond(it.readsPerSecond()), it.readsPerSecond()));
    row.add(Cell.share(it.share(it.hits())));
    row.add(Cell.share(it.share(it.l1Hits())));
    row.add(Cell.share(it.share(it.l2Hits())));
    row.add(Cell.share(it.share(it.databaseHits())));
    row.add(Cell.count(it.staleHits()));
    row.add(Cell.count(it.loads()));
    row.add(Cell.bad(it.loadFailures()));
    row.add(Cell.number(Figures.nanos(it.meanLoadNanos()), it.meanLoadNanos()));
    row.add(new Cell(
        // Of what was measured it never is 0.
        it.savedNanos() == 0 ? "–" : Figures.nanos(it.savedNanos()),
        it.savedNanos(),
        it.savedNanos() < 0 ? Style.WARNING : Style.PLAIN));
    row.add(Cell.count(it.waits()));
    row.add(Cell.count(it.invalidations()));
    row.add(Cell.count(it.l1Size()));
    row.add(Cell.count(it.l1Evictions()));
    row.add(new Cell(
        style == Style.PLAIN ? it.percent() + " %" : "",
        it.percent(),
        it.percent() < 100 ? Style.WARNING : Style.PLAIN));
    if (columns.passes()) {
      row.add(new Cell(
          Figures.count(it.passes()), it.passes(), it.passes() > 0 ? Style.WARNING : Style.PLAIN));
    }
    if (columns.recent()) {
      row.add(it.recentLookups() == 0 ? Cell.of("") : Cell.share(it.recentHitRatio()));
    }
    return row;
  }

  /** Four rows for each; for people with a total where there are several. */
  static Answer byTier(List<CacheFigures> all) {
    List<TierFigures> rows = all.stream().flatMap(it -> tiers(it).stream()).toList();
    Table table = tierTable();
    rows.forEach(it -> table.row(row(it, Style.PLAIN)));
    Answer answer = Answer.of("tiers", rows, table);
    if (all.size() < 2) {
      return answer;
    }
    Table withTotal = tierTable();
    table.rows().forEach(withTotal::row);
    tiers(CacheFigures.total(all)).forEach(it -> withTotal.row(row(it, Style.BOLD)));
    return answer.shownAs(List.of(withTotal));
  }

  private static List<TierFigures> tiers(CacheFigures it) {
    return List.of(
        tier(it, "L1", it.l1Hits()),
        tier(it, "L2", it.l2Hits()),
        tier(it, "DATABASE", it.databaseHits()),
        tier(it, "NONE", it.misses()));
  }

  private static Table tierTable() {
    return new Table()
        .text("cache", "CACHE")
        .text("tier", "TIER")
        .number("lookups", "ANSWERED")
        .number("share", "SHARE");
  }

  private static List<Cell> row(TierFigures it, Style style) {
    return List.of(
        Cell.of(it.cache(), style),
        Cell.of(it.tier()),
        Cell.count(it.lookups()),
        Cell.share(it.share()));
  }

  /** Which hits {@link Distribution.Measure#L1_HIT} and {@link Distribution.Measure#AGE_AT_HIT} are of. */
  private static final String SAMPLED = "Hits in L1 and ages are those of one get in 256; hits of"
      + " getAll, and of asynchronous reads, are not measured in L1.";

  /** Quantiles; those of what was never measured are empty. */
  static Answer byMeasure(List<Distribution> distributions) {
    Table table = new Table()
        .text("measure", "MEASURE")
        .number("count", "MEASURED")
        .number("p50", "P50")
        .number("p90", "P90")
        .number("p99", "P99")
        .number("most", "MOST");
    for (Distribution each : distributions) {
      table.row(
          Cell.of(name(each.measure())),
          Cell.count(each.count()),
          quantile(each, 0.5),
          quantile(each, 0.9),
          quantile(each, 0.99),
          quantile(each, 1));
    }
    return Answer.of("distributions", distributions, table)
        .shownAs(List.of(table, Line.of(SAMPLED, Style.FAINT)));
  }

  private static String name(Distribution.Measure measure) {
    return switch (measure) {
      case L1_HIT -> "hit in L1";
      case TIER_HIT -> "hit below L1";
      case LOAD -> "load";
      case AGE_AT_HIT -> "age at hit";
      case LIFE_LEFT_WHEN_EVICTED -> "life left when evicted";
      case STORED_SIZE -> "stored size";
    };
  }

  private static Cell quantile(Distribution distribution, double share) {
    long value = distribution.quantile(share);
    if (value < 0) {
      return Cell.of("");
    }
    return switch (distribution.measure()) {
      case L1_HIT, TIER_HIT, LOAD -> Cell.number(Figures.nanos(value), value);
      case AGE_AT_HIT, LIFE_LEFT_WHEN_EVICTED -> Cell.number(Figures.millis(value), value);
      case STORED_SIZE -> Cell.number(Figures.bytes(value), value);
    };
  }

  private static TierFigures tier(CacheFigures figures, String tier, long lookups) {
    return new TierFigures(figures.cache(), tier, lookups, figures.share(lookups));
  }
}
