package dev.larder.cli.act;

import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Block;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trials and their arms, for people and for programs. */
final class TrialTables {

  private TrialTables() {}

  static Answer answer(List<Trial> all) {
    Table rows = table(true);
    List<Block> shown = new ArrayList<>();
    for (Trial trial : all) {
      Table arms = table(false);
      trial.arms().forEach(arm -> {
        rows.row(cells(trial, arm, true));
        arms.row(cells(trial, arm, false));
      });
      if (!shown.isEmpty()) {
        shown.add(Line.empty());
      }
      shown.add(Line.of(heading(trial)));
      shown.add(arms);
      trial.arms().stream()
          .filter(arm -> !arm.sentence().isEmpty())
          .forEach(arm -> shown.add(Line.of(arm.sentence(), style(arm))));
      trial.notes().forEach(note -> shown.add(Line.of(note)));
    }
    return Answer.of("trials", all, rows).shownAs(shown);
  }

  private static Table table(boolean isOfMany) {
    Table table = new Table();
    if (isOfMany) {
      table.text("cache", "CACHE").text("state", "STATE");
    }
    return table
        .text("arm", "ARM")
        .number("ttlMillis", "TTL")
        .number("share", "KEYS")
        .number("reads", "READS")
        .number("hitRate", "HIT RATE")
        .number("loads", "LOADS")
        .number("loadNanos", "LOAD TIME")
        .number("meanAgeMillis", "AGE AT HIT")
        .number("p95AgeMillis", "P95")
        .number("l1Entries", "IN L1");
  }

  private static List<Cell> cells(Trial trial, Trial.Arm arm, boolean isOfMany) {
    List<Cell> cells = new ArrayList<>();
    if (isOfMany) {
      cells.add(Cell.of(trial.cache()));
      cells.add(Cell.of(trial.state().name().toLowerCase(Locale.ROOT)));
    }
    cells.add(Cell.of(arm.name()));
    cells.add(Cell.number(Figures.millis(arm.ttlMillis()), arm.ttlMillis()));
    cells.add(Cell.number(arm.share() + " %", arm.share()));
    cells.add(Cell.count(arm.reads()));
    cells.add(arm.reads() == 0 ? Cell.number("-", arm.hitRate()) : Cell.share(arm.hitRate()));
    cells.add(Cell.count(arm.loads() + arm.loadFailures()));
    cells.add(Cell.number(Figures.nanos(arm.loadNanos()), arm.loadNanos()));
    cells.add(age(arm.meanAgeMillis()));
    cells.add(age(arm.p95AgeMillis()));
    cells.add(
        arm.l1Entries() < 0 ? Cell.number("-", arm.l1Entries()) : Cell.count(arm.l1Entries()));
    return cells;
  }

  private static Cell age(long millis) {
    return Cell.number(millis < 0 ? "-" : Figures.millis(millis), millis);
  }

  private static String heading(Trial trial) {
    long now = System.currentTimeMillis();
    String until = Figures.time(trial.untilMillis(), now);
    String state = switch (trial.state()) {
      case PROPOSED -> "proposed";
      case WARMING_UP ->
        "counts from " + Figures.time(trial.countsFromMillis(), now) + " on, ends at " + until;
      case COUNTING ->
        "counted since " + Figures.time(trial.countsFromMillis(), now) + ", ends at " + until;
      case ENDED -> "ended at " + until;
    };
    return trial.cache() + ": trial by " + trial.by() + ", " + state + ", on "
        + Figures.counted(trial.nodes(), "node", "nodes");
  }

  private static Style style(Trial.Arm arm) {
    return switch (arm.verdict()) {
      case MORE_HITS -> Style.GOOD;
      case FEWER_HITS -> Style.BAD;
      default -> Style.PLAIN;
    };
  }
}
