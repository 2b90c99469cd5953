package dev.larder.showcase.algoitny.data;

import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.data.CopyStream;
import dev.larder.showcase.data.Names;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.Zipf;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * Invents the rows and streams them into the tables. User 1 is the administrator; from 2 on the lower a
 * user's number, the more they have tried.
 */
public final class Invented {
  private static final long DAY = 86_400;
  private static final long YEARS = 3 * 365 * DAY;
  private static final int ONE_IS_DRAFT = 50;

  private final DataSet wanted;
  private final Instant now;
  private final SplittableRandom random;
  private final Words words;
  private final Names names;
  private final String[] titles;
  private final byte[] platforms;
  private final byte[] testCases;

  /**
   * For one data set.
   *
   * @param now times are before it; some users have been active in the week before
   */
  public Invented(DataSet wanted, Instant now) {
    this.wanted = wanted;
    this.now = now;
    random = new SplittableRandom(wanted.seed());
    words = new Words(random.split());
    names = new Names(random.split());
    titles = new String[wanted.problems()];
    platforms = new byte[wanted.problems()];
    testCases = new byte[wanted.problems()];
  }

  /** Writes all of it. */
  public void write(DataSource target, Progress progress) throws SQLException {
    try (Connection first = target.getConnection();
        Connection second = target.getConnection()) {
      users(first, progress);
      problems(first, second, progress);
      attempts(first, progress);
    }
  }

  private void users(Connection connection, Progress progress) throws SQLException {
    CopyStream rows = new CopyStream(
        connection, "algoitny.app_users", "id", "username", "display_name", "admin", "joined_at");
    for (int id = 1; id <= wanted.users(); id++) {
      report(progress, "users", id - 1, wanted.users());
      boolean admin = id == 1;
      rows.number(id)
          .text(admin ? "admin" : names.username(id))
          .text(admin ? "The administrator" : names.displayName())
          .flag(admin)
          .time(before(random.nextLong(YEARS)))
          .endRow();
    }
    rows.finish();
    progress.at("users", wanted.users(), wanted.users());
  }

  private void problems(Connection first, Connection second, Progress progress)
      throws SQLException {
    CopyStream rows = new CopyStream(
        first,
        "algoitny.problems",
        "id",
        "platform",
        "number",
        "title",
        "difficulty",
        "statement",
        "completed",
        "created_at",
        "updated_at");
    CopyStream cases =
        new CopyStream(second, "algoitny.test_cases", "id", "problem_id", "input", "output");
    long testCase = 0;
    int total = wanted.problems();
    for (int id = 1; id <= total; id++) {
      report(progress, "problems", id - 1, total);
      byte platform = (byte) random.nextInt(Platforms.ALL.size());
      String title = words.title();
      boolean draft = random.nextInt(ONE_IS_DRAFT) == 0;
      // Later numbers are newer problems.
      Instant created = before((long) ((double) (total - id) / total * YEARS) + 60);
      rows.number(id)
          .text(Platforms.ALL.get(platform))
          .text(number(platform, id))
          .text(title)
          .number(1 + Math.min(random.nextInt(10), random.nextInt(10)))
          .text(words.statement())
          .flag(!draft)
          .time(created)
          .time(created)
          .endRow();
      int count = random.nextInt(4, 17);
      for (int i = 0; i < count; i++) {
        cases
            .number(++testCase)
            .number(id)
            .text(words.input())
            .text(words.output())
            .endRow();
      }
      titles[id - 1] = title;
      platforms[id - 1] = platform;
      testCases[id - 1] = draft ? 0 : (byte) count;
    }
    rows.finish();
    cases.finish();
    progress.at("problems", total, total);
  }

  private static String number(byte platform, int id) {
    return switch (platform) {
      case 0 -> Integer.toString(1_000 + id);
      case 1 -> 100 + id / 6 + "" + (char) ('A' + id % 6);
      case 2 -> Integer.toString(id);
      default -> Integer.toString(100_000 + id);
    };
  }

  private void attempts(Connection connection, Progress progress) throws SQLException {
    CopyStream rows = new CopyStream(
        connection,
        "algoitny.search_history",
        "id",
        "user_id",
        "problem_id",
        "platform",
        "problem_title",
        "language",
        "passed",
        "total",
        "code_public",
        "searched_at");
    Zipf users = new Zipf(wanted.users() - 1, 0.75);
    Zipf problems = new Zipf(wanted.problems(), 0.8);
    int total = wanted.attempts();
    for (int id = 1; id <= total; id++) {
      report(progress, "attempts", id - 1, total);
      int problem = DataSet.popular(problems.draw(random), wanted.problems()) - 1;
      // Nobody tries a draft: the one after it is no draft, as a rule.
      while (testCases[problem] == 0) {
        problem = (problem + 1) % wanted.problems();
      }
      int cases = testCases[problem];
      double age = random.nextDouble();
      rows.number(id)
          .number(2 + users.draw(random))
          .number(problem + 1)
          .text(Platforms.ALL.get(platforms[problem]))
          .text(titles[problem])
          .text(words.language())
          .number(random.nextInt(10) < 4 ? cases : random.nextInt(cases))
          .number(cases)
          .flag(random.nextInt(3) == 0)
          .time(before((long) (age * age * YEARS)))
          .endRow();
    }
    rows.finish();
    progress.at("attempts", total, total);
  }

  private Instant before(long seconds) {
    return Instant.ofEpochSecond(now.getEpochSecond() - seconds);
  }

  private static void report(Progress progress, String stage, int done, int total) {
    if (done % 10_000 == 0) {
      progress.at(stage, done, total);
    }
  }
}
