package dev.larder.showcase.algoitny.web;

import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.web.Checks;

/** Turns what somebody typed into a query that a cache may have as its key. */
public final class Queries {
  private static final int LONGEST_SEARCH = 60;
  private static final int LAST_PAGE = 100_000;

  private Queries() {}

  /**
   * The query.
   *
   * @throws dev.larder.showcase.web.Refused naming every value out of range
   */
  public static ProblemQuery problems(String platform, String search, int page) {
    Checks checks = new Checks();
    if (!platform.equals(ProblemQuery.EVERY) && !Platforms.ALL.contains(platform)) {
      checks.fault(
          "platform",
          platform,
          ProblemQuery.EVERY + " or one of " + String.join(", ", Platforms.ALL));
    }
    String words = checks.text("search", search, 0, LONGEST_SEARCH);
    int number = checks.number("page", page, 1, LAST_PAGE);
    checks.done();
    return new ProblemQuery(platform, words, number);
  }

  /**
   * The number of a page.
   *
   * @throws dev.larder.showcase.web.Refused if it is out of range
   */
  public static int page(int page) {
    Checks checks = new Checks();
    checks.number("page", page, 1, LAST_PAGE);
    checks.done();
    return page;
  }
}
