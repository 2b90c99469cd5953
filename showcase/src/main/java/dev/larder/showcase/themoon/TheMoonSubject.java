package dev.larder.showcase.themoon;

import dev.larder.showcase.scoreboard.Answer;
import dev.larder.showcase.scoreboard.Asked;
import dev.larder.showcase.scoreboard.Asked.Request;
import dev.larder.showcase.scoreboard.Findings;
import dev.larder.showcase.scoreboard.Subject;
import dev.larder.showcase.scoreboard.SubjectClient;
import dev.larder.showcase.themoon.data.MoonData;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * What is measured of TheMoon: its document names no figures to reach, so hit rate and time saved are
 * shown, and nothing may be stale.
 */
public final class TheMoonSubject implements Subject {
  private static final int FEEDS = 5_000;
  private static final int POSTS = 5_000;
  private static final int BLOCKS = 1_000;
  private static final int CONVERSATIONS = 200;
  private static final int A_PAGE = 20;

  @Override
  public String name() {
    return "themoon";
  }

  @Override
  public String title() {
    return "TheMoon";
  }

  @Override
  public List<Asked> rows(SubjectClient client, double scale) {
    MoonData data = new MoonData(scale, 0);
    int posts = Math.min(POSTS, data.posts() / 2);
    int blocks = Math.min(BLOCKS, data.posts() / 2 / A_PAGE);
    List<Request> ends = conversations(client, data.users());
    return List.of(
        new Asked(
            "feed",
            "feed page",
            Math.min(FEEDS, data.users()),
            i -> new Request("/api/feed", as(i + 1L)),
            5,
            0),
        new Asked(
            "post",
            "post detail",
            posts,
            i -> Request.of("/api/posts/" + (data.posts() - i)),
            3,
            0),
        new Asked(
            "reactions",
            "reaction counts",
            blocks,
            i -> Request.of("/api/reactions?posts="
                + LongStream.rangeClosed(1, A_PAGE)
                    .mapToObj(k -> Long.toString(i * (long) A_PAGE + k))
                    .collect(Collectors.joining(","))),
            2,
            0),
        new Asked("messages", "last messages", ends.size(), ends::get, 3, 0));
  }

  /** The ends of different conversations, each asked for by a member. */
  private static List<Request> conversations(SubjectClient client, int users) {
    Set<Long> seen = new LinkedHashSet<>();
    List<Request> requests = new ArrayList<>();
    for (long user = 1; user <= users && requests.size() < CONVERSATIONS; user++) {
      for (JsonNode one :
          client.get(new Request("/api/conversations", as(user))).json()) {
        long id = one.path("id").asLong();
        if (seen.add(id)) {
          requests.add(new Request("/api/conversations/" + id + "/last", as(user)));
        }
      }
    }
    return List.copyOf(requests);
  }

  private static Map<String, String> as(long user) {
    return Map.of("X-Themoon-User", Long.toString(user));
  }

  @Override
  public int change(
      SubjectClient client, SplittableRandom random, int writer, int writers, Findings findings) {
    Map<String, String> me = as(writer + 1L);
    return switch (random.nextInt(4)) {
      case 0 -> post(client, me, findings);
      case 1 -> reaction(client, me, writer + 1L, findings);
      case 2 -> follow(client, me, writers + 1L + random.nextInt(20), findings);
      default -> message(client, me, writer + 1L, writers + writer + 1L, findings);
    };
  }

  private static int post(SubjectClient client, Map<String, String> me, Findings findings) {
    Request feed = new Request("/api/feed", me);
    long id = client
        .write("POST", "/api/posts", me, "{\"text\":\"measured\"}")
        .json()
        .path("id")
        .asLong();
    findings.look(client.get(feed).body().contains("\"id\":" + id + ","), "feed after a post");
    client.write("DELETE", "/api/posts/" + id, me, null);
    findings.look(!client.get(feed).body().contains("\"id\":" + id + ","), "feed after its end");
    return 2;
  }

  /** To a post of the writer's own number, which no other writer reacts to. */
  private static int reaction(
      SubjectClient client, Map<String, String> me, long post, Findings findings) {
    Request counts = Request.of("/api/reactions?posts=" + post);
    client.write("DELETE", "/api/posts/" + post + "/reaction", me, null);
    long before = wows(client.get(counts), post);
    client.write("PUT", "/api/posts/" + post + "/reaction/wow", me, null);
    findings.look(wows(client.get(counts), post) == before + 1, "counts after a reaction");
    client.write("DELETE", "/api/posts/" + post + "/reaction", me, null);
    findings.look(wows(client.get(counts), post) == before, "counts after it was taken back");
    return 3;
  }

  private static long wows(Answer counts, long post) {
    return counts.json().path(Long.toString(post)).path("counts").path(3).asLong();
  }

  private static int follow(
      SubjectClient client, Map<String, String> me, long followee, Findings findings) {
    Request following = new Request("/api/following", me);
    boolean before = follows(client.get(following), followee);
    for (boolean on : new boolean[] {!before, before}) {
      client.write(on ? "PUT" : "DELETE", "/api/following/" + followee, me, null);
      findings.look(follows(client.get(following), followee) == on, "following after a change");
    }
    return 2;
  }

  private static boolean follows(Answer following, long followee) {
    for (JsonNode one : following.json()) {
      if (one.asLong() == followee) {
        return true;
      }
    }
    return false;
  }

  /** Written through, read by the other member. What was said stays said. */
  private static int message(
      SubjectClient client, Map<String, String> me, long sender, long other, Findings findings) {
    String answer = client
        .form("/people/" + other + "/talk", me, "")
        .headers()
        .firstValue("Location")
        .orElse("");
    String id = answer.substring(answer.lastIndexOf('/') + 1);
    long number = client
        .write(
            "POST",
            "/api/conversations/" + id + "/messages",
            me,
            "{\"text\":\"by " + sender + "\"}")
        .json()
        .path("number")
        .asLong();
    Request last = new Request("/api/conversations/" + id + "/last", as(other));
    findings.look(
        client.get(last).body().contains("\"number\":" + number + ","), "messages after a message");
    return 1;
  }

  @Override
  public Goals goals() {
    return Goals.NONE;
  }
}
