package dev.larder.showcase.themoon.cache;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of all tags: what an entry can depend on and a write can change.
 *
 * <p>A page of a feed carries one tag for each followed author, so a post ends the feeds of all
 * followers by one record and nobody's followers are listed. Whoever follows more than
 * {@value #EXACT} has tags of {@value #GROUPS} groups of authors instead, and loses hits to strangers of
 * the same groups, never correctness.
 */
final class Tags {
  static final int EXACT = 300;
  static final int GROUPS = 1_024;

  private Tags() {}

  /** What an author has posted. */
  static String postsOf(long author) {
    return "posts-of:" + author;
  }

  private static String groupOf(long author) {
    return "posts-of-group:" + Math.floorMod(author, GROUPS);
  }

  /** Both tags that a post of an author ends. */
  static List<String> postedBy(long author) {
    return List.of(postsOf(author), groupOf(author));
  }

  /** The tags of an entry that shows the newest posts of these authors. */
  static Set<String> newestOf(Collection<Long> authors) {
    Set<String> tags = new LinkedHashSet<>();
    for (long author : authors) {
      tags.add(authors.size() <= EXACT ? postsOf(author) : groupOf(author));
    }
    return tags;
  }

  /** Whom a user follows. */
  static String following(long user) {
    return "following:" + user;
  }

  /** A post and what is written below it. */
  static String post(long post) {
    return "post:" + post;
  }

  /** How many reacted to a post. */
  static String reactions(long post) {
    return "reactions:" + post;
  }

  /** How one user reacted to a post. */
  static String reactionOf(long post, long user) {
    return "reaction-of:" + post + ":" + user;
  }
}
