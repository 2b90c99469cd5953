package dev.larder.showcase.stories;

import dev.larder.showcase.scoreboard.Asked;
import dev.larder.showcase.scoreboard.Asked.Request;
import dev.larder.showcase.scoreboard.Findings;
import dev.larder.showcase.scoreboard.Subject;
import dev.larder.showcase.scoreboard.SubjectClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;

/** What the scoreboard asks of Stories: its lists and figures, and which cache is not worth its while. */
public final class StoriesSubject implements Subject {
  /** Lists of 5 to 50 stories. */
  private static final int LIMITS = 10;

  private static final int AUTHORS = 200;
  private static final int STORIES = 300;
  private static final int ONCE = 1_000;

  /** One story in so many is a draft, which nobody reads. */
  private static final int DRAFTS = 33;

  private int users = 2;

  @Override
  public String name() {
    return "stories";
  }

  @Override
  public String title() {
    return "Stories";
  }

  @Override
  public List<Asked> rows(SubjectClient client, double scale) {
    users = (int) Math.max(2, Math.round(20_000 * scale));
    int authors = Math.min(AUTHORS, users / 2);
    int stories = (int) Math.min(STORIES, Math.round(80_000 * scale));
    return List.of(
        new Asked("trending", "Trending", LIMITS, StoriesSubject::trending, 2, 0),
        new Asked("featured", "Featured", 1, i -> Request.of("/api/stories/featured"), 1, 0),
        ofUser("author", "Author", "/stories", authors, 2),
        ofUser("user-stats", "User stats", "/stats", authors, 2),
        ofStory("story", "Story", "", stories, 2),
        ofStory("comments", "Comments", "/comments", stories, 2),
        ofUser("user", "User by id", "", authors, 0));
  }

  private static Request trending(int i) {
    return Request.of("/api/stories/trending?limit=" + 5 * ((i + 1) % LIMITS + 1));
  }

  private static Asked ofUser(String word, String title, String path, int size, int weight) {
    return new Asked(word, title, size, i -> Request.of("/api/users/" + (i + 1) + path), weight, 0);
  }

  private static Asked ofStory(String word, String title, String path, int size, int weight) {
    LongFunction<Long> published = i -> i + i / (DRAFTS - 1) + 1;
    return new Asked(
        word, title, size, i -> Request.of("/api/stories/" + published.apply(i) + path), weight, 0);
  }

  /** A reader of the writer's own follows an author of its own, and an author is renamed; both undone. */
  @Override
  public int change(
      SubjectClient client, SplittableRandom random, int writer, int writers, Findings findings) {
    int authors = Math.min(AUTHORS, users / 2);
    long author = 1 + writer + (long) writers * random.nextInt(Math.max(1, authors / writers));
    if (author > authors) {
      return 0;
    }
    return random.nextBoolean()
        ? follow(client, author, findings)
        : rename(client, author, findings);
  }

  private int follow(SubjectClient client, long author, Findings findings) {
    String stats = "/api/users/" + author + "/stats";
    Map<String, String> reader = as(users - author + 1);
    String path = "/api/users/" + author + "/follow";
    client.write("DELETE", path, reader, null);
    long before = client.get(Request.of(stats)).json().get("followerCount").longValue();
    client.write("PUT", path, reader, null);
    long followed = client.get(Request.of(stats)).json().get("followerCount").longValue();
    findings.look(followed == before + 1, stats + " after a follow");
    client.write("DELETE", path, reader, null);
    long after = client.get(Request.of(stats)).json().get("followerCount").longValue();
    findings.look(after == before, stats + " after it was taken back");
    return 2;
  }

  private static int rename(SubjectClient client, long author, Findings findings) {
    String path = "/api/users/" + author + "/profile";
    JsonNode profile = client.get(Request.of(path)).json();
    String name = profile.get("displayName").stringValue();
    for (String next : List.of(name + " II", name)) {
      client.write(
          "PUT",
          "/api/me/profile",
          as(author),
          String.format(
              Locale.ROOT,
              "{\"displayName\":\"%s\",\"bio\":\"%s\",\"location\":\"%s\"}",
              next,
              profile.get("bio").stringValue(),
              profile.get("location").stringValue()));
      findings.look(
          client.get(Request.of(path)).json().get("displayName").stringValue().equals(next),
          path + " after a change of name");
      String stories = "/api/users/" + author + "/stories";
      JsonNode lines = client.get(Request.of(stories)).json();
      findings.look(
          lines.isEmpty() || lines.get(0).get("authorName").stringValue().equals(next),
          stories + " after a change of name");
    }
    return 2;
  }

  private static Map<String, String> as(long user) {
    return Map.of("X-Stories-User", Long.toString(user));
  }

  @Override
  public Goals goals() {
    return new Goals(0, 0.8, 0);
  }

  /**
   * What the caches themselves say of their cost, after visitors have been looked up by their numbers who
   * each come once.
   */
  @Override
  public List<String> remarks(SubjectClient client) {
    int visitors = Math.min(ONCE, users / 2);
    for (int i = 0; i < visitors; i++) {
      client.get(Request.of("/api/users/" + (users - i)));
    }
    return client
        .get(Request.of("/api/caches"))
        .json()
        .valueStream()
        .filter(cache -> !cache.get("verdict").stringValue().equals("unknown"))
        .map(StoriesSubject::remark)
        .toList();
  }

  private static String remark(JsonNode cache) {
    return String.format(
        Locale.ROOT,
        "%-13s %-10s load %7.2f ms, a miss adds %5.2f ms, %3.0f %% hits",
        cache.get("cache").stringValue(),
        cache.get("verdict").stringValue(),
        cache.get("loadMicros").doubleValue() / 1e3,
        cache.get("missMicros").doubleValue() / 1e3,
        100 * cache.get("hitRate").doubleValue());
  }
}
