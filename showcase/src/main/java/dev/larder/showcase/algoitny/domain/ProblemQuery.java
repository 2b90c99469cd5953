package dev.larder.showcase.algoitny.domain;

import java.util.Locale;

/**
 * Which page of which problems.
 *
 * @param platform one of {@link Platforms#ALL}, or {@value #EVERY}
 * @param search what title or number contain, in lower case; empty for all
 * @param page 1 or more
 */
public record ProblemQuery(String platform, String search, int page) {
  /** The platform that stands for all of them. */
  public static final String EVERY = "all";

  /** Problems on a page. */
  public static final int PAGE_SIZE = 20;

  /** Words that differ by case or blanks ask for the same. */
  public ProblemQuery {
    search = search.strip().toLowerCase(Locale.ROOT);
  }

  /** The first page of a platform. */
  public static ProblemQuery first(String platform) {
    return new ProblemQuery(platform, "", 1);
  }

  /** Another page of the same. */
  public ProblemQuery at(int other) {
    return new ProblemQuery(platform, search, other);
  }
}
