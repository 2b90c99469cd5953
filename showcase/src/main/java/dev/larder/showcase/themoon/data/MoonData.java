package dev.larder.showcase.themoon.data;

import dev.larder.showcase.data.CopyStream;
import dev.larder.showcase.data.Names;
import dev.larder.showcase.data.PairSet;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.SchemaLoad;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.themoon.domain.ReactionKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * The data set, and how it gets into the schema {@code themoon}. At scale 1 it has 50,000 users, 500,000
 * posts and 20,000 conversations, and about 400,000 follows, 1,440,000 reactions, 150,000 comments and
 * 370,000 messages.
 *
 * <p>A few authors are followed, and write, far more than others; a few posts get most reactions.
 */
public final class MoonData {
  /** Raised whenever the generator or the tables change, so that older data is replaced. */
  private static final int FORMAT = 1;

  private static final Instant END = Instant.parse("2025-06-30T12:00:00Z");
  private static final long SPAN_SECONDS = 200L * 86_400;
  private static final int STRIDE = 7_919;
  private static final int STEP = 20_000;

  private final double scale;
  private final long seed;
  private final int users;
  private final int posts;

  /** The data set of a scale and a seed. */
  public MoonData(double scale, long seed) {
    this.scale = scale;
    this.seed = seed;
    users = Math.max(40, (int) Math.round(50_000 * scale));
    posts = Math.max(200, (int) Math.round(500_000 * scale));
  }

  /** How many users there are. */
  public int users() {
    return users;
  }

  /** How many posts there are; their numbers begin with 1. */
  public int posts() {
    return posts;
  }

  /** One line that two equal data sets share and two different ones do not. */
  public String description() {
    return "format " + FORMAT + ", scale " + scale + ", seed " + seed;
  }

  /** Makes the schema hold it; true if rows were loaded, false if they were there. */
  public boolean ensure(DataSource dataSource, Progress progress) throws SQLException {
    return new SchemaLoad(dataSource, "themoon", MoonData.class, progress)
        .ensure(description(), () -> {
          SplittableRandom seeds = new SplittableRandom(seed);
          people(dataSource, new SplittableRandom(seeds.nextLong()), progress);
          posts(dataSource, new SplittableRandom(seeds.nextLong()), progress);
          conversations(dataSource, new SplittableRandom(seeds.nextLong()), progress);
        });
  }

  private void people(DataSource dataSource, SplittableRandom random, Progress progress)
      throws SQLException {
    int follows = users * 8;
    try (Connection first = dataSource.getConnection();
        Connection second = dataSource.getConnection()) {
      CopyStream people = new CopyStream(first, "themoon.users", "id", "username", "name");
      CopyStream pairs = new CopyStream(second, "themoon.follows", "follower_id", "followee_id");
      Names names = new Names(random);
      Zipf fame = new Zipf(users, 0.7);
      PairSet taken = new PairSet(follows);
      progress.at("people", 0, users);
      for (int id = 1; id <= users; id++) {
        people.number(id).text(names.username(id)).text(names.displayName()).endRow();
        // Eight each in the mean, and a few who follow hundreds.
        int wanted = id % 1_000 == 7 ? Math.min(600, users / 3) : random.nextInt(16);
        for (int i = 0; i < wanted; i++) {
          int followee = ranked(fame.draw(random));
          if (followee != id && taken.add(id, followee)) {
            pairs.number(id).number(followee).endRow();
          }
        }
        tell(progress, "people", id, users);
      }
      people.finish();
      pairs.finish();
      progress.at("people", users, users);
    }
  }

  /** A user by rank of fame, so that the famous are spread over all numbers. */
  private int ranked(int rank) {
    return 1 + Math.floorMod(rank * STRIDE, users);
  }

  private void posts(DataSource dataSource, SplittableRandom random, Progress progress)
      throws SQLException {
    try (Connection first = dataSource.getConnection();
        Connection second = dataSource.getConnection();
        Connection third = dataSource.getConnection()) {
      CopyStream rows =
          new CopyStream(first, "themoon.posts", "id", "author_id", "text", "created_at");
      CopyStream reactions =
          new CopyStream(second, "themoon.reactions", "post_id", "user_id", "kind");
      CopyStream comments = new CopyStream(
          third, "themoon.comments", "id", "post_id", "author_id", "text", "created_at");
      Phrases phrases = new Phrases(random);
      Zipf zeal = new Zipf(users, 0.6);
      int kinds = ReactionKind.values().length;
      int comment = 0;
      progress.at("posts", 0, posts);
      for (int id = 1; id <= posts; id++) {
        Instant at = moment(id, posts);
        rows.number(id)
            .number(ranked(zeal.draw(random)))
            .text(phrases.post())
            .time(at)
            .endRow();
        int count = random.nextInt(400) == 0 ? random.nextInt(300) : random.nextInt(6);
        int base = random.nextInt(users);
        for (int i = 0; i < Math.min(count, users); i++) {
          // A stride that is prime to the number of users meets nobody twice.
          reactions
              .number(id)
              .number(1 + (base + (long) i * 104_729) % users)
              .number(random.nextInt(kinds))
              .endRow();
        }
        for (int i = random.nextInt(5) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
          comments
              .number(++comment)
              .number(id)
              .number(1 + random.nextInt(users))
              .text(phrases.remark())
              .time(at.plusSeconds(3_600L / i))
              .endRow();
        }
        tell(progress, "posts", id, posts);
      }
      rows.finish();
      reactions.finish();
      comments.finish();
      progress.at("posts", posts, posts);
    }
  }

  private void conversations(DataSource dataSource, SplittableRandom random, Progress progress)
      throws SQLException {
    int count = Math.max(20, (int) Math.round(20_000 * scale));
    try (Connection first = dataSource.getConnection();
        Connection second = dataSource.getConnection();
        Connection third = dataSource.getConnection()) {
      CopyStream rows =
          new CopyStream(first, "themoon.conversations", "id", "last_number", "last_at");
      CopyStream members = new CopyStream(second, "themoon.members", "conversation_id", "user_id");
      CopyStream messages = new CopyStream(
          third, "themoon.messages", "conversation_id", "number", "sender_id", "text", "sent_at");
      Phrases phrases = new Phrases(random);
      Zipf zeal = new Zipf(users, 0.5);
      progress.at("conversations", 0, count);
      for (int id = 1; id <= count; id++) {
        int size = random.nextInt(5) == 0 ? 3 + random.nextInt(3) : 2;
        long[] people = new long[size];
        int start = zeal.draw(random);
        for (int i = 0; i < size; i++) {
          people[i] = ranked(start + i * 3);
          members.number(id).number(people[i]).endRow();
        }
        int last = random.nextInt(50) == 0 ? 60 + random.nextInt(400) : 1 + random.nextInt(26);
        Instant end = moment(1 + random.nextInt(count), count);
        for (int number = 1; number <= last; number++) {
          messages
              .number(id)
              .number(number)
              .number(people[random.nextInt(size)])
              .text(phrases.message())
              .time(end.minusSeconds((last - number) * 97L))
              .endRow();
        }
        rows.number(id).number(last).time(end).endRow();
        tell(progress, "conversations", id, count);
      }
      rows.finish();
      members.finish();
      messages.finish();
      progress.at("conversations", count, count);
    }
  }

  private static Instant moment(int place, int of) {
    return END.minusSeconds(SPAN_SECONDS - SPAN_SECONDS * place / of);
  }

  private static void tell(Progress progress, String stage, int done, int total) {
    if (done % STEP == 0) {
      progress.at(stage, done, total);
    }
  }
}
