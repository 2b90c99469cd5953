package dev.larder.showcase.scoreboard;

import dev.larder.showcase.scoreboard.Scoreboard.ColdStart;
import dev.larder.showcase.scoreboard.Scoreboard.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scoreboard for programs. {@code schema} is raised whenever a member changes its meaning or
 * goes; members may be added without. Times are in milliseconds, shares 0 to 1.
 */
public final class ScoreboardJson {
  /** The version of the form. */
  public static final int SCHEMA = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ScoreboardJson() {}

  /** The JSON text. */
  public static String text(Scoreboard board, List<SubjectBoard> systems) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("schema", SCHEMA);
    all.put("scale", Double.parseDouble(board.scale()));
    all.put("tiers", board.tiers());
    all.put("latencyMillis", board.latencyMillis());
    all.put("note", ScoreboardTable.network(board.latencyMillis()));
    List<Object> rows = new ArrayList<>();
    board.rows().forEach((row, versions) -> {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("row", row.word());
      line.put("saved", versions.saved());
      if (row.goal() > 0) {
        line.put("goal", row.goal());
        line.put("met", versions.saved() >= row.goal());
      }
      line.put("naive", versions.naive());
      line.put("optimised", versions.optimised());
      line.put("cold", versions.cold());
      line.put("warm", versions.warm());
      rows.add(line);
    });
    all.put("rows", rows);
    all.put("statements", goal(board.statementsSaved(), Scoreboard.STATEMENTS_GOAL));
    all.put("load", load(board.load(), Scoreboard.HIT_RATE_GOAL));
    all.put("coldStart", coldStart(board.coldStart()));
    all.put("systems", systems.stream().map(ScoreboardJson::system).toList());
    return JSON.writeValueAsString(all);
  }

  private static Map<String, Object> system(SubjectBoard board) {
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("system", board.name());
    List<Object> rows = new ArrayList<>();
    for (SubjectBoard.Figures figures : board.rows()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("row", figures.row().word());
      line.put("saved", figures.saved());
      if (figures.row().goal() > 0) {
        line.put("goal", figures.row().goal());
        line.put("met", figures.isMet());
      }
      line.put("off", figures.off());
      line.put("cold", figures.cold());
      line.put("warm", figures.warm());
      if (figures.warmed() != null) {
        line.put("warmed", figures.warmed());
      }
      rows.add(line);
    }
    system.put("rows", rows);
    system.put("goals", board.goals());
    system.put("statementsSaved", board.statementsSaved());
    system.put("load", load(board.load(), board.goals().hitRate()));
    system.put("throughput", board.throughput());
    system.put("atEqualCpu", board.throughput().atEqualCpu());
    system.put("remarks", board.remarks());
    return system;
  }

  private static Map<String, Object> goal(double saved, double goal) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("saved", saved);
    line.put("goal", goal);
    line.put("met", saved >= goal);
    return line;
  }

  private static Map<String, Object> load(Load load, double hitRateGoal) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("reads", load.reads());
    line.put("writes", load.writes());
    line.put("hitRate", load.hitRate());
    line.put("goal", hitRateGoal);
    line.put("met", load.hitRate() >= hitRateGoal);
    line.put("withoutSql", load.withoutSql());
    line.put("checks", load.checks());
    line.put("stale", load.stale());
    line.put("staleExamples", load.examples());
    return line;
  }

  private static Map<String, Object> coldStart(ColdStart start) {
    Map<String, Object> line = goal(start.saved(), Scoreboard.COLD_START_GOAL);
    line.put("naiveMillis", start.naiveMillis());
    line.put("larderMillis", start.larderMillis());
    line.put("naiveRequestMillis", start.naiveRequestMillis());
    line.put("larderRequestMillis", start.larderRequestMillis());
    line.put("savedWithStart", start.savedWithStart());
    return line;
  }
}
