package dev.larder.showcase.scoreboard;

import dev.larder.showcase.scoreboard.Scoreboard.ColdStart;
import dev.larder.showcase.scoreboard.Scoreboard.Load;
import dev.larder.showcase.scoreboard.Scoreboard.Versions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The scoreboard for people: ratios first, times after them, within 80 columns. */
public final class ScoreboardTable {
  private static final String LOOPBACK =
      "Loopback has no network latency; elsewhere each SQL statement pays it.";

  private static final String FOUR = "%-16s %12s %12s %12s %12s%n";

  private ScoreboardTable() {}

  /** The lines, each with its end. */
  public static String text(Scoreboard board) {
    StringBuilder text = new StringBuilder();
    line(text, "Halfnote at scale %s; Larder stores in %s.%n", board.scale(), board.tiers());
    line(text, "%s%n", network(board.latencyMillis()));
    line(text, "Times include HTTP.%n%n");

    line(text, "Times as fast as the naive version, at the median%n");
    line(
        text,
        "%-16s %9s %9s %9s %9s %9s  %s%n",
        "",
        "optimised",
        "cold",
        "warm",
        "saved",
        "goal",
        "");
    board
        .rows()
        .forEach((row, it) -> line(
            text,
            "%-16s %9s %9s %9s %9s %9s  %s%n",
            row.title(),
            times(it, it.optimised()),
            times(it, it.cold()),
            times(it, it.warm()),
            percent(it.saved()),
            row.goal() == 0 ? "none" : goal(row.goal()),
            row.goal() == 0 ? "" : met(it.saved() >= row.goal())));

    line(text, "%nSQL statements per request%n");
    four(text, board, it -> String.format(Locale.ROOT, "%.1f", it.statements()));
    line(
        text,
        "%-16s %s fewer when warm, goal %s: %s%n",
        "all rows",
        percent(board.statementsSaved()),
        goal(Scoreboard.STATEMENTS_GOAL),
        met(board.statementsSaved() >= Scoreboard.STATEMENTS_GOAL));

    line(text, "%nMilliseconds, p50 / p99%n");
    four(text, board, it -> millis(it.p50Millis()) + " / " + millis(it.p99Millis()));

    load(text, board.load());
    coldStart(text, board.coldStart());
    return text.toString();
  }

  /** What the lines between the application and its servers were like. */
  static String network(double latencyMillis) {
    return latencyMillis == 0
        ? LOOPBACK
        : String.format(
            Locale.ROOT,
            "Round trips to PostgreSQL and Redis take %s ms longer, as over a network.",
            BigDecimal.valueOf(latencyMillis).stripTrailingZeros().toPlainString());
  }

  private static void four(
      StringBuilder text, Scoreboard board, Function<Measured, String> figure) {
    line(text, FOUR, "", "naive", "optimised", "cold", "warm");
    board
        .rows()
        .forEach((row, it) -> line(
            text,
            FOUR,
            row.title(),
            figure.apply(it.naive()),
            figure.apply(it.optimised()),
            figure.apply(it.cold()),
            figure.apply(it.warm())));
  }

  private static void load(StringBuilder text, Load load) {
    line(
        text,
        "%nUnder load: %,d reads and %,d writes of 4 users at a time, drawn by Zipf's law%n",
        load.reads(),
        load.writes());
    figure(
        text,
        "Hit rate",
        percent(load.hitRate()),
        "goal " + goal(Scoreboard.HIT_RATE_GOAL) + ": "
            + met(load.hitRate() >= Scoreboard.HIT_RATE_GOAL));
    figure(text, "Without SQL", percent(load.withoutSql()), "of the reads");
    figure(
        text,
        "Stale answers",
        Integer.toString(load.stale()),
        String.format(
            Locale.ROOT,
            "of %,d reads right after a write, goal 0: %s",
            load.checks(),
            met(load.stale() == 0)));
    load.examples().forEach(it -> line(text, "  stale: %s%n", it));
  }

  private static void coldStart(StringBuilder text, ColdStart start) {
    line(text, "%nCold start: the first feed that a new process answers, its L1 empty%n");
    figure(
        text,
        "Naive",
        millis(start.naiveRequestMillis()) + " ms",
        "and " + millis(start.naiveMillis()) + " ms with the start of the process");
    figure(
        text,
        "Larder",
        millis(start.larderRequestMillis()) + " ms",
        "and " + millis(start.larderMillis()) + " ms with the start of the process");
    figure(
        text,
        "Saved",
        percent(start.saved()),
        "goal " + goal(Scoreboard.COLD_START_GOAL) + ": "
            + met(start.saved() >= Scoreboard.COLD_START_GOAL));
    figure(
        text,
        "With the start",
        percent(start.savedWithStart()),
        "no goal; a cache does not start a JVM");
  }

  static void figure(StringBuilder text, String name, String value, String remark) {
    List<Object> parts = new ArrayList<>(List.of(name, value, remark));
    line(text, "%-16s %9s  %s%n", parts.toArray());
  }

  private static String times(Versions versions, Measured other) {
    double ratio = versions.naive().p50Millis() / other.p50Millis();
    return String.format(Locale.ROOT, ratio < 10 ? "%.1fx" : "%.0fx", ratio);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String goal(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
  }

  static String met(boolean met) {
    return met ? "met" : "missed";
  }

  static void line(StringBuilder text, String format, Object... parts) {
    text.append(String.format(Locale.ROOT, format, parts));
  }
}
