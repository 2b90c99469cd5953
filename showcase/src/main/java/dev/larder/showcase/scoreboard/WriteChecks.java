package dev.larder.showcase.scoreboard;

import dev.larder.showcase.halfnote.Mode;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes things, looks whether the next reads show it, and undoes the changes with the same care.
 * Each writer has users of its own, so that no other changes what it looks at. Used by one thread.
 */
final class WriteChecks {
  private final HalfnoteClient client;
  private final Findings findings;
  private final int writer;
  private final int writers;
  private final Questions questions;
  private int count;

  WriteChecks(
      HalfnoteClient client, Findings findings, int writer, int writers, Questions questions) {
    this.client = client;
    this.findings = findings;
    this.writer = writer;
    this.writers = writers;
    this.questions = questions;
  }

  /**
   * Changes something and undoes it.
   *
   * @param rank decides who acts, small for the famous
   * @return writes that took effect, 0 to 2
   */
  int change(SplittableRandom random, int rank) {
    long user = own(rank);
    long other = own(random.nextInt(questions.users()));
    return switch (random.nextInt(5)) {
      case 0 -> review(user, 1 + random.nextInt(questions.albums()));
      case 1 -> like(user, other);
      case 2 -> follow(user, other);
      case 3 -> profile(user);
      default -> list(user);
    };
  }

  /** One of this writer's users. */
  private long own(int rank) {
    long user = rank - Math.floorMod(rank, writers) + writer + 1L;
    return user <= questions.users() ? user : writer + 1L;
  }

  private int review(long user, long album) {
    Answer created = client.write(
        "POST", "/reviews", json("albumId", album, "rating", 7, "text", "Heard twice."), user);
    if (created.status() != 201) {
      // The user has reviewed the album before.
      return 0;
    }
    long id = created.json().path("id").asLong();
    long follower = read("/users/" + user + "/followers", user)
        .path("newest")
        .path(0)
        .path("id")
        .asLong(0);
    lookForReview(user, album, follower, id, true);
    client.write("DELETE", "/reviews/" + id, null, user);
    lookForReview(user, album, follower, id, false);
    return 2;
  }

  private void lookForReview(long user, long album, long follower, long id, boolean there) {
    String what = "review " + id + (there ? " of" : " deleted by") + " user " + user + " in ";
    JsonNode reviews = read("/users/" + user + "/reviews", user);
    findings.look(has(reviews, id, "review", "id") == there, what + "the user's reviews");
    JsonNode newest = read("/albums/" + album + "/reviews", user).path("newest");
    findings.look(has(newest, id, "review", "id") == there, what + "the newest of album " + album);
    JsonNode own = read("/users/" + user + "/feed?kind=you", user).path("lines");
    findings.look(has(own, id, "activity", "review", "id") == there, what + "the user's feed");
    if (follower > 0) {
      JsonNode feed = read(Questions.feed(follower).path(), follower).path("lines");
      findings.look(
          has(feed, id, "activity", "review", "id") == there, what + "the feed of " + follower);
    }
  }

  private int like(long user, long author) {
    long id = read("/users/" + author + "/reviews", user)
        .path(0)
        .path("review")
        .path("id")
        .asLong(0);
    if (id == 0) {
      return 0;
    }
    JsonNode before = read("/reviews/" + id, user);
    boolean liked = before.path("liked").asBoolean();
    long likes = before.path("counts").path("likes").asLong();
    String path = "/reviews/" + id + "/like";
    client.write(liked ? "DELETE" : "PUT", path, null, user);
    lookForLike(id, user, !liked, likes + (liked ? -1 : 1));
    client.write(liked ? "PUT" : "DELETE", path, null, user);
    lookForLike(id, user, liked, likes);
    return 2;
  }

  private void lookForLike(long id, long user, boolean liked, long likes) {
    JsonNode now = read("/reviews/" + id, user);
    findings.look(
        now.path("liked").asBoolean() == liked, "review " + id + " liked by user " + user);
    findings.look(now.path("counts").path("likes").asLong() == likes, "likes of review " + id);
  }

  private int follow(long user, long other) {
    if (user == other) {
      return 0;
    }
    String path = "/users/" + other + "/follow";
    boolean followed = read(path, user).path("following").asBoolean();
    long total = followers(user, other);
    client.write(followed ? "DELETE" : "PUT", path, null, user);
    lookForFollow(user, other, !followed, total + (followed ? -1 : 1));
    client.write(followed ? "PUT" : "DELETE", path, null, user);
    lookForFollow(user, other, followed, total);
    return 2;
  }

  private long followers(long user, long other) {
    return read("/users/" + other + "/followers", user).path("total").asLong();
  }

  private void lookForFollow(long user, long other, boolean followed, long total) {
    String what = "user " + user + " following user " + other;
    boolean now = read("/users/" + other + "/follow", user).path("following").asBoolean();
    findings.look(now == followed, what);
    findings.look(followers(user, other) == total, what + ", number of followers");
  }

  private int profile(long user) {
    String path = "/users/" + user;
    String before = read(path, user).path("bio").asString();
    String changed = "Listening, take " + writer + "." + ++count;
    for (String bio : List.of(changed, before)) {
      client.write("PATCH", "/profile", json("bio", bio), user);
      findings.look(read(path, user).path("bio").asString().equals(bio), "bio of user " + user);
    }
    return 2;
  }

  private int list(long user) {
    Answer created =
        client.write("POST", "/lists", json("title", "Take " + ++count, "description", ""), user);
    if (created.status() != 201) {
      return 0;
    }
    long id = created.json().path("id").asLong();
    lookForList(user, id, true);
    client.write("DELETE", "/lists/" + id, null, user);
    lookForList(user, id, false);
    return 2;
  }

  private void lookForList(long user, long id, boolean there) {
    JsonNode lists = read("/users/" + user + "/lists", user).path("lists");
    findings.look(has(lists, id, "id") == there, "list " + id + " of user " + user);
  }

  private JsonNode read(String path, long user) {
    return client.get(path, Mode.LARDER, user).json();
  }

  private static boolean has(JsonNode elements, long id, String... path) {
    return StreamSupport.stream(elements.spliterator(), false).anyMatch(element -> {
      JsonNode found = element;
      for (String name : path) {
        found = found.path(name);
      }
      return found.asLong(0) == id;
    });
  }

  private static String json(Object... pairs) {
    Map<String, Object> object = new java.util.LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return JsonMapper.shared().writeValueAsString(object);
  }
}
