package dev.larder.showcase.themoon.domain;

import java.util.List;

/**
 * A post with its comments.
 *
 * @param comments the newest {@value #COMMENTS}, oldest of them first
 */
public record PostDetail(Post post, List<Comment> comments) {
  /** Comments shown. */
  public static final int COMMENTS = 50;
}
