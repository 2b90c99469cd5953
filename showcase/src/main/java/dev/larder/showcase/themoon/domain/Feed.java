package dev.larder.showcase.themoon.domain;

import java.util.List;

/**
 * One page of what a user and the people followed have posted, newest first.
 *
 * @param page from 1 to {@value #LAST_PAGE}
 * @param hasMore whether there is a page after it
 * @param followees whom the user follows, which is what the page depends on beside its posts
 */
public record Feed(long user, int page, List<Post> posts, boolean hasMore, List<Long> followees) {
  /** Posts of a page. */
  public static final int SIZE = 20;

  /** Nobody reads on for ever. */
  public static final int LAST_PAGE = 20;
}
