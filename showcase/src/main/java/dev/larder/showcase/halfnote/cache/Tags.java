package dev.larder.showcase.halfnote.cache;

import dev.larder.showcase.halfnote.domain.Person;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.domain.UserLists;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of all tags: what an entry can depend on and an action can change. Annotations write the
 * same names as text.
 *
 * <h2>Followers by the thousand</h2>
 *
 * A friends feed must end when anybody whom its owner follows does something, also somebody not yet
 * on the page. The entry therefore carries one tag, {@code activity:F}, for each followed user F,
 * and an action of F ends {@code activity:F}: one record in the log, whether F has ten followers or
 * ten thousand. Nobody's followers are ever listed.
 *
 * <p>The price is paid by the reader: an entry of somebody who follows 300 has 300 tags, about 5 KB
 * stored, and a hit in L1 makes 300 comparisons, a microsecond. Beyond {@value #EXACT_FOLLOWEES}
 * followed users the tags are {@code activity-group:G} instead, of {@value #GROUPS} groups that
 * users fall into by number, so there are never more than that. Who follows n is then also
 * invalidated by strangers in the same groups: by about 1 − e^(−n/{@value #GROUPS}) of all writers,
 * 39 % at 500 and 86 % at 2,000. That costs them hits and never correctness, and who follows
 * thousands sees a new line every few seconds anyway.
 *
 * <p>Rejected: a loop over followers (cost grows with fame, in the request), pushing lines into
 * stored feeds (the same loop, elsewhere), and merging one entry per followed user at each read (300
 * keys read for 20 lines).
 */
final class Tags {
  /** A viewer who follows at most so many has a tag for each. */
  static final int EXACT_FOLLOWEES = 300;

  /** Groups that users are put into for viewers who follow more. */
  static final int GROUPS = 1_024;

  private Tags() {}

  /** What a user did: new, withdrawn or gone activities. */
  static String activity(long user) {
    return "activity:" + user;
  }

  private static String activityGroup(long user) {
    return "activity-group:" + Math.floorMod(user, GROUPS);
  }

  /** Both tags that an action of a user ends. */
  static List<String> activityOf(long user) {
    return List.of(activity(user), activityGroup(user));
  }

  /** The tags of an entry that shows what these users did. */
  static Set<String> activities(Collection<Long> users) {
    Set<String> tags = new LinkedHashSet<>();
    for (long user : users) {
      tags.add(users.size() <= EXACT_FOLLOWEES ? activity(user) : activityGroup(user));
    }
    return tags;
  }

  /** The feeds of a user, all three. */
  static String feeds(long user) {
    return "feeds:" + user;
  }

  /** What others do to a user. */
  static String incoming(long user) {
    return "incoming:" + user;
  }

  /** What is shown of a user beside everything the user did: name and avatar. */
  static String person(long user) {
    return "person:" + user;
  }

  /** What only the profile shows: bio, location, genres. */
  static String profile(long user) {
    return "profile:" + user;
  }

  /** How many reviews, lists, followers and followed users a user has. */
  static String totals(long user) {
    return "totals:" + user;
  }

  /** A profile looked up by a username that nobody had. */
  static String username(String username) {
    return "username:" + username;
  }

  /** The names people are found by. */
  static String names() {
    return "names";
  }

  /** A review's text, rating and pin. */
  static String review(long review) {
    return "review:" + review;
  }

  /**
   * That a review is there. Only its deletion ends it: what depends on no more than that, and would
   * be ended by each edit otherwise, carries this and not {@link #review}.
   */
  static String existence(long review) {
    return "review-exists:" + review;
  }

  /** How many likes and comments a review has. */
  static String counts(long review) {
    return "counts:" + review;
  }

  /** The comments under a review. */
  static String comments(long review) {
    return "comments:" + review;
  }

  /** Whether a user likes a review. */
  static String liked(long review, long user) {
    return "liked:" + review + ":" + user;
  }

  /** The list of a user's reviews. */
  static String reviewsOf(long user) {
    return "reviews-of:" + user;
  }

  /** What is written about an album: its newest reviews and its mean rating. */
  static String albumReviews(long album) {
    return "album-reviews:" + album;
  }

  /** What the catalogue says about an album. */
  static String album(long album) {
    return "album:" + album;
  }

  /** A user's lists as the owner or as visitors see them. */
  static String listsOf(long user, UserLists.View view) {
    return "lists-of:" + user + ":" + view.name().toLowerCase(Locale.ROOT);
  }

  /** One list with its albums. */
  static String list(long list) {
    return "list:" + list;
  }

  /** Whom a user follows. */
  static String following(long user) {
    return "following:" + user;
  }

  /** Who follows a user. */
  static String followers(long user) {
    return "followers:" + user;
  }

  /** The tags of an entry that shows these people. */
  static Set<String> people(Collection<Person> people) {
    Set<String> tags = new LinkedHashSet<>();
    people.forEach(person -> tags.add(person(person.id())));
    return tags;
  }

  /** The tags of an entry that shows these reviews with their authors. */
  static Set<String> reviews(Collection<Review> reviews) {
    Set<String> tags = new LinkedHashSet<>();
    for (Review review : reviews) {
      tags.add(review(review.id()));
      tags.add(person(review.author().id()));
    }
    return tags;
  }
}
