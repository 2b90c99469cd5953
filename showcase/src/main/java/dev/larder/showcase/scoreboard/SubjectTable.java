package dev.larder.showcase.scoreboard;

import static dev.larder.showcase.scoreboard.ScoreboardTable.figure;
import static dev.larder.showcase.scoreboard.ScoreboardTable.goal;
import static dev.larder.showcase.scoreboard.ScoreboardTable.line;
import static dev.larder.showcase.scoreboard.ScoreboardTable.met;
import static dev.larder.showcase.scoreboard.ScoreboardTable.millis;
import static dev.larder.showcase.scoreboard.ScoreboardTable.percent;

import java.util.Locale;

/** The scoreboard of one system for people: ratios first, times after them, within 80 columns. */
public final class SubjectTable {
  private static final String SIX = "%-16s %8s %8s %8s %8s %8s  %s%n";

  private SubjectTable() {}

  /** The lines, each with its end. */
  public static String text(SubjectBoard board) {
    StringBuilder text = new StringBuilder();
    line(text, "%n%s: Larder off, and on%n%n", board.title());
    line(text, "Times as fast as without Larder, at the median%n");
    line(text, SIX, "", "cold", "warm", "saved", "goal", "warmed", "");
    for (SubjectBoard.Figures row : board.rows()) {
      line(
          text,
          SIX,
          row.row().title(),
          times(row.off(), row.cold()),
          times(row.off(), row.warm()),
          percent(row.saved()),
          row.row().goal() == 0 ? "none" : percent(row.row().goal()),
          row.warmed() == null ? "" : times(row.off(), row.warmed()),
          row.row().goal() == 0 ? "" : met(row.isMet()));
    }
    line(text, "%nSQL statements per request, and milliseconds p50 / p99%n");
    line(text, "%-16s %20s %20s %20s%n", "", "off", "cold", "warm");
    for (SubjectBoard.Figures row : board.rows()) {
      line(
          text,
          "%-16s %20s %20s %20s%n",
          row.row().title(),
          cost(row.off()),
          cost(row.cold()),
          cost(row.warm()));
    }
    figures(text, board);
    board.remarks().forEach(remark -> line(text, "  %s%n", remark));
    return text.toString();
  }

  private static void figures(StringBuilder text, SubjectBoard board) {
    Subject.Goals goals = board.goals();
    line(
        text,
        "%nUnder load: %,d reads and %,d writes of %d users at a time, by Zipf's law%n",
        board.load().reads(),
        board.load().writes(),
        ClosedLoop.THREADS);
    figure(
        text,
        "SQL saved",
        percent(board.statementsSaved()),
        "of the statements when warm" + judged(goals.statementsSaved(), board.statementsSaved()));
    figure(
        text,
        "Hit rate",
        percent(board.load().hitRate()),
        "of the keys" + judged(goals.hitRate(), board.load().hitRate()));
    figure(text, "Without SQL", percent(board.load().withoutSql()), "of the reads");
    figure(
        text,
        "Stale answers",
        Integer.toString(board.load().stale()),
        String.format(
            Locale.ROOT,
            "of %,d reads right after a write, goal 0: %s",
            board.load().checks(),
            met(board.load().stale() == 0)));
    board.load().examples().forEach(it -> line(text, "  stale: %s%n", it));
    SubjectBoard.Throughput rate = board.throughput();
    figure(
        text,
        "Throughput",
        ratio(rate.atEqualCpu()),
        "as much with the same processor time"
            + (goals.throughput() == 0
                ? ""
                : String.format(Locale.ROOT, ", goal %.0fx: ", goals.throughput())
                    + met(rate.atEqualCpu() >= goals.throughput())));
    figure(
        text,
        "",
        String.format(Locale.ROOT, "%.0f /s", rate.on()),
        String.format(Locale.ROOT, "with Larder, %.0f /s without", rate.off()));
  }

  private static String judged(double goal, double reached) {
    return goal == 0 ? "" : ", goal " + goal(goal) + ": " + met(reached >= goal);
  }

  private static String cost(Measured measured) {
    return String.format(Locale.ROOT, "%.1f  ", measured.statements())
        + millis(measured.p50Millis()) + " / " + millis(measured.p99Millis());
  }

  private static String times(Measured off, Measured other) {
    return ratio(off.p50Millis() / other.p50Millis());
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.1fx" : "%.0fx", ratio);
  }
}
