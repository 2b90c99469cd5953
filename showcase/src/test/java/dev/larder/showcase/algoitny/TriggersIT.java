package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every trigger of the document against every cache: what it must end is loaded at the next read, what
 * it must not is not.
 */
class TriggersIT {
  private static final LiveSystem SYSTEM = LiveAlgoItny.shared();
  private static final Caller ADMIN = LiveAlgoItny.admin(SYSTEM);
  private static final int ME = 11;
  private static final int SOMEBODY_ELSE = 12;

  private static final Set<String> LISTS =
      Set.of("list", "list, page 2", "list of baekjoon", "list of leetcode", "list by words");
  private static final Set<String> OWN =
      with(LISTS, "detail", "response of statistics", "registered");
  private static final Set<String> MINE = Set.of("my stats", "my history");

  private int problem;
  private long testCase;
  private long attempt;

  /** One read that one cache answers. */
  private record Cell(Caller caller, String path, String cache) {
    Reply read() {
      Reply reply = caller.get(path);
      assertThat(reply.status()).as(path).isIn(200, 404);
      return reply;
    }

    boolean loads(Reply reply) {
      return Pattern.compile("(^|; )" + Pattern.quote(cache) + "=load")
          .matcher(reply.header("X-Cache"))
          .find();
    }
  }

  @FunctionalInterface
  private interface Trigger {
    Reply pull(TriggersIT world);
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(Set.of(more));
    return all;
  }

  private static Arguments row(String name, Trigger trigger, Set<String> ends) {
    return Arguments.of(name, trigger, ends);
  }

  static Stream<Arguments> triggers() {
    Set<String> ofProblem = with(OWN, "drafts", "platforms");
    return Stream.of(
        row("problem edited", it -> it.edit("Renamed", true), ofProblem),
        row("problem completed no more", it -> it.edit("Renamed", false), ofProblem),
        row(
            "problem created",
            it -> it.create("A new one"),
            with(LISTS, "registered", "drafts", "platforms")),
        row(
            "problem deleted",
            it -> ADMIN.json("DELETE", "/api/admin/problems/" + it.problem, ""),
            with(ofProblem, "test cases")),
        row("test case added", TriggersIT::addTestCase, with(OWN, "test cases")),
        row(
            "test case edited",
            it -> ADMIN.json(
                "PUT",
                "/api/admin/test-cases/" + it.testCase,
                "{\"input\":\"9\",\"output\":\"9\"}"),
            with(OWN, "test cases")),
        row(
            "test case deleted",
            it -> ADMIN.json("DELETE", "/api/admin/test-cases/" + it.testCase, ""),
            with(OWN, "test cases")),
        row("attempt added", TriggersIT::attempt, MINE),
        row(
            "attempt shown to everybody",
            it -> LiveAlgoItny.user(SYSTEM, ME)
                .json("PATCH", "/api/account/history/" + it.attempt, "{\"codePublic\":true}"),
            MINE),
        row(
            "attempt deleted",
            it -> LiveAlgoItny.user(SYSTEM, ME)
                .json("DELETE", "/api/account/history/" + it.attempt, ""),
            MINE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("triggers")
  void trigger_endsWhatTheDocumentSaysAndNothingElse(
      String name, Trigger trigger, Set<String> ends) {
    setUp();
    Map<String, Cell> cells = filled();
    Reply done = trigger.pull(this);
    assertThat(done.status()).as(done.body()).isBetween(200, 201);
    assertThat(loadedAgain(cells)).as(name).isEqualTo(new TreeSet<>(ends));
  }

  @Test
  void refusedWrites_endNothing() {
    setUp();
    Map<String, Cell> cells = filled();
    assertThat(edit("", true).status()).isEqualTo(400);
    assertThat(LiveAlgoItny.user(SYSTEM, SOMEBODY_ELSE)
            .json("DELETE", "/api/account/history/" + attempt, "")
            .status())
        .isEqualTo(404);
    assertThat(LiveAlgoItny.user(SYSTEM, ME)
            .json("DELETE", "/api/admin/problems/" + problem, "")
            .status())
        .isEqualTo(403);
    assertThat(loadedAgain(cells)).isEmpty();
  }

  @Test
  void manualInvalidation_byProblemUserAndPattern() {
    setUp();
    Map<String, Cell> cells = filled();
    end("{\"problem\":" + problem + "}");
    assertThat(loadedAgain(cells)).isEqualTo(with(OWN, "drafts", "test cases"));
    end("{\"user\":" + ME + "}");
    assertThat(loadedAgain(cells)).isEqualTo(new TreeSet<>(MINE));
    end("{\"pattern\":\"problem_list*\"}");
    assertThat(loadedAgain(cells)).isEqualTo(new TreeSet<>(LISTS));
    end("{\"pattern\":\"problem_list:baekjoon:*\"}");
    assertThat(loadedAgain(cells)).containsExactly("list of baekjoon");
    end("{\"pattern\":\"search_history:" + ME + ":*\"}");
    assertThat(loadedAgain(cells)).containsExactly("my history");
    end("{\"pattern\":\"problem_*\"}");
    assertThat(loadedAgain(cells))
        .isEqualTo(with(LISTS, "detail", "detail of another", "drafts", "registered"));
  }

  private static void end(String what) {
    Reply done = ADMIN.json("POST", "/api/admin/invalidations", what);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json().path("state").asString()).isEqualTo("done");
  }

  // ---- the world

  private void setUp() {
    problem = create("Own").json().path("id").asInt();
    testCase = addTestCase().json().path("id").asLong();
    attempt = attempt().json().path("id").asLong();
  }

  private Reply create(String title) {
    return ADMIN.json("POST", "/api/admin/problems", body(title, true));
  }

  private Reply edit(String title, boolean completed) {
    return ADMIN.json("PUT", "/api/admin/problems/" + problem, body(title, completed));
  }

  private static String body(String title, boolean completed) {
    return "{\"platform\":\"baekjoon\",\"number\":\"1\",\"title\":\"" + title
        + "\",\"difficulty\":3,\"statement\":\"Solve it.\",\"completed\":" + completed + "}";
  }

  private Reply addTestCase() {
    return ADMIN.json(
        "POST",
        "/api/admin/problems/" + problem + "/test-cases",
        "{\"input\":\"1 2\",\"output\":\"3\"}");
  }

  private Reply attempt() {
    return LiveAlgoItny.user(SYSTEM, ME)
        .json(
            "POST",
            "/api/account/history/problems/" + problem,
            "{\"language\":\"java\",\"passed\":1,\"total\":1}");
  }

  private Map<String, Cell> filled() {
    Caller anybody = LiveAlgoItny.anybody(SYSTEM);
    Caller me = LiveAlgoItny.user(SYSTEM, ME);
    Caller other = LiveAlgoItny.user(SYSTEM, SOMEBODY_ELSE);
    Map<String, Cell> cells = new LinkedHashMap<>();
    cells.put("list", new Cell(anybody, "/api/problems", "problem_list"));
    cells.put("list, page 2", new Cell(anybody, "/api/problems?page=2", "problem_list"));
    cells.put(
        "list of baekjoon", new Cell(anybody, "/api/problems?platform=baekjoon", "problem_list"));
    cells.put(
        "list of leetcode", new Cell(anybody, "/api/problems?platform=leetcode", "problem_list"));
    cells.put("list by words", new Cell(anybody, "/api/problems?search=tree", "problem_list"));
    cells.put(
        "test cases", new Cell(anybody, "/api/problems/" + problem + "/test-cases", "test_cases"));
    cells.put(
        "test cases of another", new Cell(anybody, "/api/problems/2/test-cases", "test_cases"));
    // Whose loads read the test cases: after them.
    cells.put("detail", new Cell(anybody, "/api/problems/" + problem, "problem_detail"));
    cells.put("detail of another", new Cell(anybody, "/api/problems/2", "problem_detail"));
    cells.put(
        "response of statistics",
        new Cell(
            anybody, "/api/problems/" + problem + "/statistics", "http.ProblemApi.statistics"));
    cells.put("drafts", new Cell(anybody, "/api/problems/drafts", "problem_drafts"));
    cells.put("registered", new Cell(anybody, "/api/problems/registered", "problem_registered"));
    cells.put("platforms", new Cell(anybody, "/problems", "platform_counts"));
    cells.put("my stats", new Cell(me, "/api/account/stats", "user_stats"));
    cells.put("another's stats", new Cell(other, "/api/account/stats", "user_stats"));
    cells.put("my history", new Cell(me, "/api/account/history", "search_history"));
    cells.put("another's history", new Cell(other, "/api/account/history", "search_history"));
    cells.values().forEach(Cell::read);
    assertThat(loadedAgain(cells)).as("everything is cached").isEmpty();
    return cells;
  }

  /** The cells that are loaded when they are read, each by itself and in no order that could hide one. */
  private static Set<String> loadedAgain(Map<String, Cell> cells) {
    Set<String> loaded = new TreeSet<>();
    cells.forEach((name, cell) -> {
      if (cell.loads(cell.read())) {
        loaded.add(name);
      }
    });
    return loaded;
  }

  @Test
  void written_isReadAtOnceAndEachUserSeesTheOwn() {
    setUp();
    Caller me = LiveAlgoItny.user(SYSTEM, ME);
    long before = stats(me).path("attempts").asLong();
    attempt();
    assertThat(stats(me).path("attempts").asLong()).isEqualTo(before + 1);
    assertThat(stats(me).path("user").asInt()).isEqualTo(ME);
    assertThat(stats(LiveAlgoItny.user(SYSTEM, SOMEBODY_ELSE)).path("user").asInt())
        .isEqualTo(SOMEBODY_ELSE);
    assertThat(LiveAlgoItny.anybody(SYSTEM).get("/api/account/stats").status()).isEqualTo(401);
    edit("Renamed <b>twice</b>", true);
    Caller anybody = LiveAlgoItny.anybody(SYSTEM);
    assertThat(anybody.get("/api/problems/" + problem).json().path("title").asString())
        .isEqualTo("Renamed <b>twice</b>");
    assertThat(anybody.get("/api/problems").body()).contains("Renamed <b>twice</b>");
  }

  private static JsonNode stats(Caller user) {
    return user.get("/api/account/stats").json();
  }
}
