package dev.larder.showcase.halfnote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Position;
import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.domain.Activity;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.trace.RequestTrace;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** Followers by the thousand cost the request of the followed user nothing. */
class FamousUserIT {
  private static final int FOLLOWERS = 10_000;
  private static final String API = "/halfnote/api";

  private final LiveHalfnote halfnote = LiveHalfnote.shared();
  private final CachedReads reads = halfnote.part(CachedReads.class);

  @Test
  void review_isOneRecord_andInEveryFollowersNextFeed() throws InterruptedException {
    long famous = halfnote.newUser("famous");
    long humble = halfnote.newUser("humble");
    List<Long> followers = followers(famous);
    follow(followers.get(0), humble);
    // Who follows more than the exact tags allow for is reached through groups of users.
    long eager = followers.get(1);
    halfnote
        .jdbc
        .sql("INSERT INTO halfnote.follows (follower_id, followee_id)"
            + " SELECT ?, id FROM halfnote.users WHERE id NOT IN (?, ?) ORDER BY id DESC LIMIT 500"
            + " ON CONFLICT DO NOTHING")
        .params(eager, eager, famous)
        .update();

    Queue<String> faults = new ConcurrentLinkedQueue<>();
    everyone(followers, it -> {
      if (reads.feed(it, FeedKind.FRIENDS, null).owner() != it) {
        faults.add(it + " got the feed of somebody else");
      }
    });
    assertThat(statements(followers.get(2))).as("a feed once read is a hit").isZero();

    Reply start = write(humble, "PATCH", "/profile", "{\"bio\":\"Nobody knows me\"}");
    Reply ofHumble = review(humble);
    Reply ofFamous = review(famous);

    assertThat(position(ofHumble)).as("one record").isEqualTo(position(start).next());
    assertThat(position(ofFamous)).as("one record").isEqualTo(position(ofHumble).next());
    assertThat(ofFamous.statements()).isEqualTo(ofHumble.statements()).isBetween(1, 5);
    long written = ofFamous.json().path("id").asLong();
    everyone(followers, it -> {
      if (!shows(reads.feed(it, FeedKind.FRIENDS, null), written)) {
        faults.add(it + " does not see it");
      }
    });
    assertThat(faults).isEmpty();
  }

  private List<Long> followers(long famous) {
    halfnote
        .jdbc
        .sql("INSERT INTO halfnote.users (username, display_name, avatar)"
            + " SELECT 'follower' || n, 'Follower ' || n, 'disc-1' FROM generate_series(1, ?) n")
        .param(FOLLOWERS)
        .update();
    List<Long> ids = halfnote
        .jdbc
        .sql("SELECT id FROM halfnote.users WHERE username LIKE 'follower%' ORDER BY id")
        .query(Long.class)
        .list();
    assertThat(ids).hasSize(FOLLOWERS);
    halfnote
        .jdbc
        .sql("INSERT INTO halfnote.follows (follower_id, followee_id)"
            + " SELECT id, ? FROM halfnote.users WHERE username LIKE 'follower%'")
        .param(famous)
        .update();
    return ids;
  }

  private void follow(long follower, long followee) {
    write(follower, "PUT", "/users/" + followee + "/follow", "");
  }

  private Reply review(long user) {
    return write(user, "POST", "/reviews", "{\"albumId\":9,\"rating\":6,\"text\":\"Heard it\"}");
  }

  private Reply write(long user, String method, String path, String body) {
    Reply reply = halfnote.user(user).json(method, API + path, body);
    assertThat(reply.status()).as(reply.body()).isIn(200, 201);
    return reply;
  }

  private static Position position(Reply reply) {
    return Position.parse(reply.header("X-Larder-Position"));
  }

  private int statements(long user) {
    RequestTrace trace = RequestTrace.begin();
    try {
      reads.feed(user, FeedKind.FRIENDS, null);
      return trace.statements();
    } finally {
      RequestTrace.end();
    }
  }

  private static boolean shows(Feed feed, long review) {
    return feed.activities().stream()
        .map(Activity::review)
        .anyMatch(it -> it != null && it.id() == review);
  }

  private static void everyone(List<Long> users, LongConsumer work) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    users.forEach(user -> threads.execute(() -> work.accept(user)));
    threads.shutdown();
    assertThat(threads.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
  }
}
