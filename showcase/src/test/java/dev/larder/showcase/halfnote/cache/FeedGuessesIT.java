package dev.larder.showcase.halfnote.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.TimeSource;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Guesses which feed is turned to next, on a real Redis and PostgreSQL. Time goes on as it does, and
 * skips what a guess has to come true.
 */
@Timeout(300)
class FeedGuessesIT {
  private static final int READERS = 30;

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final AtomicLong skipped = new AtomicLong();
  private final List<Long> readers = new ArrayList<>();
  private World world;
  private volatile Long reader;
  private long visits;

  @BeforeEach
  void open() {
    TimeSource time = new TimeSource() {
      @Override
      public long nanos() {
        return System.nanoTime() + skipped.get();
      }

      @Override
      public long millis() {
        return System.currentTimeMillis() + Duration.ofNanos(skipped.get()).toMillis();
      }
    };
    world = new World(builder -> builder
        .redis(redis.uri())
        .database(EmbeddedPostgreSql.shared().newDatabase().url())
        .time(time));
    world.larder.warming().predict(world.cached.feedGuesses(() -> reader));
    for (int i = 0; i < READERS; i++) {
      readers.add(world.user("reader" + i));
    }
  }

  @AfterEach
  void close() {
    world.close();
    redis.close();
  }

  private WarmUp guesses() {
    return world.larder.warming().status("predict-feed");
  }

  private void read(long user, FeedKind kind) {
    read(user, user, kind);
  }

  /** Some time after what was read before: guesses are evenly spaced. */
  private void read(long user, long owner, FeedKind kind) {
    skipped.addAndGet(Duration.ofMillis(60).toNanos());
    reader = user;
    assertThat(world.cached.feed(owner, kind, null).owner()).isEqualTo(owner);
  }

  private void endFeeds(long user) {
    world.larder.invalidateTags(Tags.feeds(user));
  }

  private long loads() {
    return world.larder.find("feed").orElseThrow().stats().loads();
  }

  /** Turns from friends to incoming, and then to somebody who is another each time. */
  private void readOn(long user) {
    endFeeds(user);
    read(user, FeedKind.FRIENDS);
    read(user, FeedKind.INCOMING);
    read(user, 1 + visits++ % 10, FeedKind.YOU);
  }

  /** Looks at friends and goes away. */
  private void readAndLeave(long user) {
    endFeeds(user);
    read(user, FeedKind.FRIENDS);
  }

  private void skipAWindow() {
    skipped.addAndGet(Duration.ofSeconds(61).toNanos());
  }

  private void everybodyReadsOnUntil(State state) {
    await().atMost(Duration.ofMinutes(2)).until(() -> {
      readers.forEach(this::readOn);
      return guesses().state() == state && guesses().done() > READERS;
    });
  }

  @Test
  void guessesThatDoNotPay_areLoadedNoMore_untilTheyDo() {
    everybodyReadsOnUntil(State.RUNNING);
    assertThat(guesses().schedule()).contains("% of the last came true").doesNotContain("too few");

    await().atMost(Duration.ofMinutes(2)).until(() -> {
      readers.forEach(this::readAndLeave);
      skipAWindow();
      return guesses().state() == State.PAUSED;
    });
    assertThat(guesses().schedule())
        .containsPattern("^guesses; [1-3]?[0-9] % of the last came true, too few to load$");
    long user = readers.get(0);
    skipAWindow();
    long made = guesses().total();
    await().atMost(Duration.ofMinutes(1)).until(() -> {
      readAndLeave(user);
      return guesses().total() > made;
    });
    // It guessed, and loaded nothing for that: incoming is still to be read.
    long before = loads();
    read(user, FeedKind.INCOMING);
    assertThat(loads()).isEqualTo(before + 1);

    everybodyReadsOnUntil(State.RUNNING);
    long paying = loads();
    readAndLeave(user);
    await().atMost(Duration.ofMinutes(1)).until(() -> loads() == paying + 2);
  }
}
