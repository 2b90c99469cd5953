package dev.larder.showcase.stories.read;

import java.time.Instant;

/**
 * A published story in a list.
 *
 * @param id number
 * @param title title
 * @param authorId whose
 * @param authorName the author's name
 * @param viewCount views, as of when the list was read
 * @param likeCount likes, as of then
 * @param publishedAt when
 */
public record StoryLine(
    long id,
    String title,
    long authorId,
    String authorName,
    long viewCount,
    long likeCount,
    Instant publishedAt) {

  /** What it is ranked by. */
  public long score() {
    return viewCount + 2 * likeCount;
  }
}
