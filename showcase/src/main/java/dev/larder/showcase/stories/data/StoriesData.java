package dev.larder.showcase.stories.data;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.data.AnnouncedProgress;
import dev.larder.showcase.data.CopyStream;
import dev.larder.showcase.data.Names;
import dev.larder.showcase.data.PairSet;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.SchemaLoad;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.StartFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the schema {@code stories} holds the data set, before the first request.
 *
 * <p>A few write, are read and followed much, most little; the number of a user or story is its rank.
 */
@Component
public final class StoriesData {
  private static final Logger logger = LoggerFactory.getLogger(StoriesData.class);
  private static final double LEAST_SCALE = 0.001;
  private static final double GREATEST_SCALE = 10;
  private static final long SEED = 20250630;
  private static final Instant BEGIN = Instant.parse("2023-07-01T00:00:00Z");
  private static final Instant END = Instant.parse("2025-06-30T00:00:00Z");

  /** One story in so many is a draft. */
  private static final int DRAFTS = 33;

  /** One story in so many is featured. */
  private static final int FEATURED = 300;

  private final HikariDataSource pool;
  private final Progress progress;
  private final int users;
  private final int stories;
  private final int comments;
  private final int follows;
  private final int notifications;
  private final int[] authors;

  StoriesData(HikariDataSource pool, Announcer announcer, @Value("${stories.scale}") double scale) {
    if (!(scale >= LEAST_SCALE && scale <= GREATEST_SCALE)) {
      throw new StartFailure(
          "stories.scale is " + scale + ", must be " + LEAST_SCALE + " to " + GREATEST_SCALE + ".",
          "Correct this property.",
          null);
    }
    this.pool = pool;
    this.progress = new AnnouncedProgress("Stories", announcer);
    this.users = (int) Math.round(20_000 * scale);
    this.stories = (int) Math.round(100_000 * scale);
    this.comments = (int) Math.round(600_000 * scale);
    this.follows = Math.min((int) Math.round(300_000 * scale), users * (users - 1) / 4);
    this.notifications = (int) Math.round(500_000 * scale);
    this.authors = new int[stories + 1];
    String description = "stories 1, scale " + scale + ", seed " + SEED;
    try {
      boolean isLoaded = new SchemaLoad(pool, "stories", StoriesData.class, progress)
          .ensure(description, this::rows);
      logger.info("Stories' data set ({}) {}.", description, isLoaded ? "was loaded" : "is there");
    } catch (SQLException e) {
      throw new StartFailure(
          "Stories' data set cannot be loaded: " + e.getMessage() + ".",
          "The user of DATABASE_URL must be allowed to create and drop the schema stories.",
          e);
    }
  }

  /** How many users there are; they are numbered from 1. */
  public int users() {
    return users;
  }

  /** How many stories there are; they are numbered from 1, one in 33 is a draft. */
  public int stories() {
    return stories;
  }

  private void rows() throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED);
    writeUsers(random.split());
    writeTags();
    writeStories(random.split());
    writeStoryTags(random.split());
    writeComments(random.split());
    writeFollows(random.split());
    writeNotifications(random.split());
  }

  @FunctionalInterface
  private interface Row {
    void write(CopyStream rows, int i) throws SQLException;
  }

  private void table(String table, int count, Row row, String... columns) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      CopyStream rows = new CopyStream(connection, "stories." + table, columns);
      int step = Math.max(1, count / 50);
      progress.at(table, 0, Math.max(1, count));
      for (int i = 1; i <= count; i++) {
        row.write(rows, i);
        rows.endRow();
        if (i % step == 0 && i < count) {
          progress.at(table, i, count);
        }
      }
      rows.finish();
      progress.at(table, Math.max(1, count), Math.max(1, count));
    }
  }

  private static Instant time(int i, int count) {
    return BEGIN.plus(Duration.between(BEGIN, END).multipliedBy(i).dividedBy(count));
  }

  private boolean isDraft(int story) {
    return story % DRAFTS == 0;
  }

  private void writeUsers(SplittableRandom random) throws SQLException {
    Names names = new Names(random);
    Prose prose = new Prose(random);
    table(
        "users",
        users,
        (rows, i) -> rows.number(i).text(names.username(i)).time(BEGIN),
        "id",
        "username",
        "joined_at");
    table(
        "user_profile",
        users,
        (rows, i) -> rows.number(i).text(names.displayName()).text(prose.bio()).text(names.place()),
        "user_id",
        "display_name",
        "bio",
        "location");
    table(
        "user_settings",
        users,
        (rows, i) -> rows.number(i).flag(true).flag(true).number(10),
        "user_id",
        "notify_comments",
        "notify_follows",
        "trending_limit");
  }

  private void writeTags() throws SQLException {
    table(
        "tag",
        Prose.TAGS.length,
        (rows, i) -> rows.number(i).text(Prose.TAGS[i - 1]),
        "id",
        "name");
  }

  private void writeStories(SplittableRandom random) throws SQLException {
    Prose prose = new Prose(random);
    Zipf author = new Zipf(users, 0.7);
    table(
        "story",
        stories,
        (rows, i) -> {
          authors[i] = author.draw(random) + 1;
          long views = isDraft(i) ? 0 : (long) Math.pow(10, 1 + 4 * random.nextDouble());
          rows.number(authors[i]).text(prose.title()).text(prose.story());
          rows.flag(i % FEATURED == 1).number(views).number((long)
              (views * random.nextDouble() / 8));
          if (isDraft(i)) {
            rows.nothing();
          } else {
            rows.time(time(i, stories));
          }
        },
        "author_id",
        "title",
        "body",
        "featured",
        "view_count",
        "like_count",
        "published_at");
  }

  private void writeStoryTags(SplittableRandom random) throws SQLException {
    table(
        "story_tag",
        2 * stories,
        (rows, i) -> rows.number((i + 1) / 2).number(1 + 10L * (i % 2) + random.nextInt(10)),
        "story_id",
        "tag_id");
  }

  private void writeComments(SplittableRandom random) throws SQLException {
    Prose prose = new Prose(random);
    Zipf story = new Zipf(stories, 0.6);
    Zipf user = new Zipf(users, 0.5);
    table(
        "comment",
        comments,
        (rows, i) -> {
          int id = story.draw(random) + 1;
          rows.number(isDraft(id) ? id - 1 : id).number(user.draw(random) + 1L);
          rows.text(prose.remark()).time(time(i, comments));
        },
        "story_id",
        "user_id",
        "text",
        "created_at");
  }

  private void writeFollows(SplittableRandom random) throws SQLException {
    Zipf followed = new Zipf(users, 0.6);
    PairSet pairs = new PairSet(follows);
    table(
        "follow",
        follows,
        (rows, i) -> {
          int follower;
          int author;
          do {
            follower = random.nextInt(users) + 1;
            author = followed.draw(random) + 1;
          } while (follower == author || !pairs.add(follower, author));
          rows.number(follower).number(author).time(time(i, follows));
        },
        "follower_id",
        "followed_id",
        "created_at");
  }

  private void writeNotifications(SplittableRandom random) throws SQLException {
    Zipf user = new Zipf(users, 0.6);
    table(
        "notification",
        notifications,
        (rows, i) -> {
          int story = random.nextInt(3) == 0 ? 0 : random.nextInt(stories) + 1;
          boolean isOfStory = story > 0 && !isDraft(story);
          rows.number(isOfStory ? authors[story] : user.draw(random) + 1L);
          rows.number(random.nextInt(users) + 1L);
          rows.numberOrNothing(isOfStory ? Long.valueOf(story) : null);
          rows.flag(random.nextInt(10) < 9).time(time(i, notifications));
        },
        "user_id",
        "actor_id",
        "story_id",
        "is_read",
        "created_at");
  }
}
