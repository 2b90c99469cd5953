package dev.larder.showcase.algoitny;

import dev.larder.showcase.algoitny.data.DataSet;
import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.scoreboard.Answer;
import dev.larder.showcase.scoreboard.Asked;
import dev.larder.showcase.scoreboard.Asked.Request;
import dev.larder.showcase.scoreboard.Findings;
import dev.larder.showcase.scoreboard.Subject;
import dev.larder.showcase.scoreboard.SubjectClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is measured of AlgoItny: the five endpoints, with the goals of the document's table (200, 150 and
 * 300 ms that become 5, 3 and 4).
 */
public final class AlgoItnySubject implements Subject {
  private static final String USER = "X-Algoitny-User";
  private static final Map<String, String> ADMIN = Map.of(USER, "1");
  private static final int PAGES = 240;
  private static final int OTHERS = 90;

  /** Of the changes, one in so many edits a problem; the others are attempts. */
  private static final int ONE_EDITS = 20;

  private static final List<String> WORDS = List.of(
      "path", "tree", "sort", "maze", "queue", "graph", "stack", "ladder", "bridge", "matrix");

  private volatile DataSet data = new DataSet(1, 0);

  @Override
  public String name() {
    return "algoitny";
  }

  @Override
  public String title() {
    return "AlgoItny";
  }

  @Override
  public List<Asked> rows(SubjectClient client, double scale) {
    data = new DataSet(scale, 0);
    List<String> lists = lists();
    List<Integer> details = details(client);
    int users = Math.min(OTHERS, data.users() / 2);
    return List.of(
        new Asked("list", "Problem list", lists.size(), i -> Request.of(lists.get(i)), 35, 0.975),
        new Asked(
            "detail",
            "Problem detail",
            details.size(),
            i -> Request.of("/api/problems/" + details.get(i)),
            40,
            0.98),
        new Asked(
            "stats",
            "User statistics",
            users,
            i -> new Request("/api/account/stats", user(2 + i)),
            20,
            0.987),
        new Asked("drafts", "Drafts", 1, i -> Request.of("/api/problems/drafts"), 2, 0),
        new Asked(
            "registered", "Registered", 1, i -> Request.of("/api/problems/registered"), 3, 0));
  }

  /** The newest, then those that are tried most. */
  private List<Integer> details(SubjectClient client) {
    int newest =
        json(client.get(Request.of("/api/problems"))).at("/problems/0/id").asInt();
    return IntStream.concat(
            IntStream.of(newest),
            IntStream.range(0, Math.min(OTHERS, data.problems()))
                .map(rank -> DataSet.popular(rank, data.problems())))
        .distinct()
        .boxed()
        .toList();
  }

  /** First pages first, then words, then page after page. */
  private static List<String> lists() {
    List<String> paths = new ArrayList<>();
    paths.add("/api/problems");
    Platforms.ALL.forEach(it -> paths.add("/api/problems?platform=" + it));
    WORDS.forEach(it -> paths.add("/api/problems?search=" + it));
    for (int page = 2; paths.size() < PAGES; page++) {
      paths.add("/api/problems?page=" + page);
    }
    return paths;
  }

  private static Map<String, String> user(int id) {
    return Map.of(USER, Integer.toString(id));
  }

  @Override
  public int change(
      SubjectClient client, SplittableRandom random, int writer, int writers, Findings findings) {
    return random.nextInt(ONE_EDITS) == 0
        ? edit(client, random, writer, findings)
        : attempt(client, writer, findings);
  }

  /** An attempt of a user of the writer's own, taken back. */
  private int attempt(SubjectClient client, int writer, Findings findings) {
    Map<String, String> me = user(data.users() - writer);
    Request stats = new Request("/api/account/stats", me);
    long before = json(client.get(stats)).path("attempts").asLong();
    Answer added = client.write(
        "POST",
        "/api/account/history/problems/" + (1 + writer),
        me,
        "{\"language\":\"java\",\"passed\":1,\"total\":2}");
    if (added.status() != 201) {
      return 0;
    }
    long id = json(added).path("id").asLong();
    findings.look(
        json(client.get(stats)).path("attempts").asLong() == before + 1,
        "statistics after an attempt");
    findings.look(
        json(client.get(new Request("/api/account/history", me)))
                .at("/attempts/0/id")
                .asLong()
            == id,
        "history after an attempt");
    client.write("DELETE", "/api/account/history/" + id, me, null);
    findings.look(
        json(client.get(stats)).path("attempts").asLong() == before,
        "statistics after an attempt was deleted");
    return 2;
  }

  /** Another title for a problem of the writer's own, and the old one again. */
  private int edit(SubjectClient client, SplittableRandom random, int writer, Findings findings) {
    Request detail = Request.of("/api/problems/" + (data.problems() - writer));
    JsonNode found = json(client.get(detail));
    String title = found.path("title").asString();
    String other = "Measured " + random.nextInt(1_000_000_000);
    retitle(client, found, other);
    findings.look(
        json(client.get(detail)).path("title").asString().equals(other), "detail after an edit");
    boolean isDraft = !found.path("completed").asBoolean();
    String search = "/api/problems?search=" + other.replace(' ', '+');
    findings.look(
        isDraft || json(client.get(Request.of(search))).path("total").asInt() == 1,
        "list after an edit");
    retitle(client, found, title);
    findings.look(
        json(client.get(Request.of(search))).path("total").asInt() == 0,
        "list after an edit was taken back");
    return 2;
  }

  private void retitle(SubjectClient client, JsonNode found, String title) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    for (String field : List.of("number", "difficulty", "statement", "completed")) {
      body.set(field, found.path(field));
    }
    body.put("title", title);
    client.write("PUT", "/api/admin/problems/" + found.path("id").asInt(), ADMIN, body.toString());
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public Goals goals() {
    return new Goals(1, 0, 10);
  }

  /** Lists, the newest details, and the statistics of the user that is asked for most. */
  @Override
  public boolean warm(SubjectClient client) {
    client.write("POST", "/api/admin/warm", ADMIN, "{\"plan\":\"problems\"}");
    client.write("POST", "/api/admin/warm", ADMIN, "{\"plan\":\"stats\",\"users\":[2]}");
    return true;
  }

  @Override
  public List<String> remarks(SubjectClient client) {
    List<String> remarks = new ArrayList<>();
    JsonNode lines = json(client.get(new Request(
        "/api/admin/compression?problem=" + DataSet.popular(0, data.problems()), ADMIN)));
    for (JsonNode line : lines) {
      if (line.path("isPacked").asBoolean()) {
        remarks.add(String.format(
            "%s: %,d bytes packed to %,d in %,d µs, unpacked in %,d µs",
            line.path("cache").asString(),
            line.path("rawBytes").asInt(),
            line.path("packedBytes").asInt(),
            line.path("packMicros").asInt(),
            line.path("unpackMicros").asInt()));
      }
    }
    return remarks;
  }
}
