package dev.larder.showcase.halfnote.action;

/** What is different after an action. Each names all that is needed to find what it touches. */
public sealed interface Change {

  /**
   * A review was liked, or the like was taken back.
   *
   * @param actor who did it
   * @param review which review
   * @param author who wrote the review; may be the actor
   */
  record Liked(long actor, long review, long author) implements Change {}

  /**
   * A comment was written.
   *
   * @param actor who wrote it
   * @param review under which review
   * @param author who wrote the review; may be the actor
   */
  record Commented(long actor, long review, long author) implements Change {}

  /**
   * Somebody follows, or no longer follows, somebody.
   *
   * @param follower who acted
   * @param followee who is followed
   */
  record Followed(long follower, long followee) implements Change {}

  /**
   * Parts of a profile changed.
   *
   * @param user whose
   * @param name whether the display name changed, which people are found by
   * @param card whether display name or avatar changed, which are shown beside everything the user
   *     did
   */
  record ProfileChanged(long user, boolean name, boolean card) implements Change {}

  /**
   * A review was written.
   *
   * @param author by whom
   * @param review its number
   * @param album about what
   */
  record ReviewWritten(long author, long review, long album) implements Change {}

  /**
   * A review's text or rating changed, or whether it is pinned.
   *
   * @param author by whom
   * @param review its number
   * @param album about what
   */
  record ReviewEdited(long author, long review, long album) implements Change {}

  /**
   * A review is gone, with its likes, comments and activities.
   *
   * @param author by whom
   * @param review its number
   * @param album about what
   */
  record ReviewDeleted(long author, long review, long album) implements Change {}

  /**
   * A list was made, changed, filled, emptied or deleted.
   *
   * @param owner whose
   * @param list its number
   * @param seenBefore whether everybody could see it before
   * @param seenNow whether everybody can see it now
   */
  record ListChanged(long owner, long list, boolean seenBefore, boolean seenNow)
      implements Change {}
}
