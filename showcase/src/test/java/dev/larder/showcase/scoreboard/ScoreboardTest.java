package dev.larder.showcase.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.scoreboard.Scoreboard.ColdStart;
import dev.larder.showcase.scoreboard.Scoreboard.Load;
import dev.larder.showcase.scoreboard.Scoreboard.Versions;
import java.net.http.HttpHeaders;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreboardTest {

  @Test
  void quantiles_areValuesThatWereMeasured() {
    List<Answer> answers = List.of(took(4), took(1), took(3), took(2));

    Measured measured = Measured.of(answers);

    assertThat(measured.p50Millis()).isEqualTo(2);
    assertThat(measured.p99Millis()).isEqualTo(4);
    assertThat(measured.statements()).isEqualTo(5);
    assertThat(measured.requests()).isEqualTo(4);
  }

  @Test
  void table_tellsEachGoalAndWhetherItIsMet() {
    List<String> lines = ScoreboardTable.text(board(20, 0)).lines().toList();

    assertThat(lines)
        .contains(
            "Activity feed         2.0x      5.0x       20x    95.0 %      90 %  met",
            "Album                 2.0x      5.0x       20x    95.0 %      none  ",
            "all rows         90.0 % fewer when warm, goal 90 %: met",
            "Hit rate            74.0 %  goal 75 %: missed",
            "Stale answers            0  of 12 reads right after a write, goal 0: met",
            "Saved               50.0 %  goal 60 %: missed");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(lines)
        .contains("Round trips to PostgreSQL and Redis take 0.5 ms longer, as over a network.");
    assertThat(ScoreboardTable.network(0)).contains("no network latency");
  }

  @Test
  void table_slowRowAndStaleAnswers_areMissedAndShown() {
    String text = ScoreboardTable.text(board(4, 1));

    assertThat(text)
        .contains("    75.0 %      90 %  missed", "goal 0: missed", "  stale: bio of user 7");
  }

  @Test
  void json_hasAllRowsAndGoals() {
    JsonNode json = JsonMapper.shared().readTree(ScoreboardJson.text(board(20, 0), List.of()));

    assertThat(json.path("schema").asInt()).isEqualTo(ScoreboardJson.SCHEMA);
    assertThat(json.path("rows").findValuesAsString("row"))
        .containsExactly("feed", "reviews", "lists", "album", "search");
    JsonNode feed = json.path("rows").path(0);
    assertThat(feed.path("met").asBoolean()).isTrue();
    assertThat(feed.path("warm").path("p50Millis").asDouble()).isEqualTo(5);
    assertThat(json.path("rows").path(3).has("met")).isFalse();
    assertThat(json.path("statements").path("met").asBoolean()).isTrue();
    assertThat(json.path("load").path("stale").asInt()).isZero();
    assertThat(json.path("coldStart").path("saved").asDouble()).isEqualTo(0.5);
    assertThat(json.path("latencyMillis").asDouble()).isEqualTo(0.5);
  }

  /** A board on which the naive version takes 100 ms and 50 statements everywhere. */
  private static Scoreboard board(double times, int stale) {
    Map<Row, Versions> rows = new EnumMap<>(Row.class);
    for (Row row : Row.values()) {
      rows.put(
          row,
          new Versions(
              new Measured(60, 100, 200, 50),
              new Measured(200, 50, 60, 10),
              new Measured(200, 20, 30, 10),
              new Measured(200, 100 / times, 9, 5)));
    }
    List<String> examples = stale == 0 ? List.of() : List.of("bio of user 7");
    return new Scoreboard(
        "1",
        "L1, Redis and the database",
        0.5,
        rows,
        new Load(2_000, 100, 0.74, 0.7, 12, stale, examples),
        new ColdStart(6_000, 4_500, 1_200, 600));
  }

  private static Answer took(double millis) {
    return new Answer(200, "{}", millis, 5, "", HttpHeaders.of(Map.of(), (name, value) -> true));
  }
}
