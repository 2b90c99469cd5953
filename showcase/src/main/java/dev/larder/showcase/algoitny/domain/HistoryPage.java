package dev.larder.showcase.algoitny.domain;

import java.time.Instant;
import java.util.List;

/** A page of a user's attempts, newest first. Only the user sees it. */
public record HistoryPage(int user, int page, int pages, long total, List<Line> attempts) {
  /** Attempts on a page. */
  public static final int PAGE_SIZE = 20;

  /** One attempt. */
  public record Line(
      long id,
      int problemId,
      String platform,
      String title,
      String language,
      int passed,
      int total,
      boolean codePublic,
      Instant searchedAt) {}
}
