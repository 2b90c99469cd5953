package dev.larder.showcase.halfnote.data;

import dev.larder.showcase.data.CopyStream;
import dev.larder.showcase.data.PairSet;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.halfnote.data.DataSet.Sizes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Invents what people did, in the order in which it happened.
 *
 * <p>One pass over time: at each moment one activity is drawn among the kinds still owed, together
 * with the review, like, comment or follow behind it, so nobody likes what was not yet written. Who
 * acts, who is followed and which album is reviewed follow Zipf's law; what is liked is half of the
 * time something new and half of the time something liked before, which gives a few reviews most of
 * the likes. Both the most followed and the most active user is the same one, the hard case for a
 * cache.
 *
 * <p>Times are fixed, from {@link #BEGIN} to {@link #END}, so that two loads are equal.
 */
final class History {
  static final Instant BEGIN = Instant.parse("2023-07-01T00:00:00Z");
  static final Instant END = Instant.parse("2025-06-30T00:00:00Z");

  private static final int TRIES = 30;
  private static final int MOST_PINNED = 3;
  private static final int REPORT_EVERY = 4_096;

  private final Sizes sizes;
  private final SplittableRandom random;
  private final Words words;
  private final Zipf active;
  private final Zipf following;
  private final Zipf popular;
  private final Zipf albums;
  private final int[] people;
  private final int[] albumOrder;
  private final int[] authors;
  private final byte[] pins;
  private final PairSet reviewed;
  private final PairSet followed;
  private final PairSet liked;
  private final int[] noticed;
  private int reviews;
  private int comments;
  private int activities;
  private int notices;

  /** The streams a history is written to. */
  record Streams(
      CopyStream follows,
      CopyStream reviews,
      CopyStream likes,
      CopyStream comments,
      CopyStream activities) {}

  History(Sizes sizes, long seed) {
    this.sizes = sizes;
    random = new SplittableRandom(seed);
    words = new Words(random.nextLong());
    active = new Zipf(sizes.users(), 0.6);
    following = new Zipf(sizes.users(), 0.35);
    popular = new Zipf(sizes.users(), 0.9);
    albums = new Zipf(sizes.albums(), 0.8);
    people = shuffled(sizes.users());
    albumOrder = shuffled(sizes.albums());
    authors = new int[sizes.reviews()];
    pins = new byte[sizes.users() + 1];
    reviewed = new PairSet(sizes.reviews());
    followed = new PairSet(sizes.olderFollows() + sizes.recentFollows());
    liked = new PairSet(sizes.likes());
    noticed = new int[sizes.likes() + sizes.comments()];
  }

  void write(Streams out, Progress progress) throws SQLException {
    int total = sizes.activities();
    progress.at("activities", 0, total);
    Duration before = Duration.between(BEGIN, END);
    for (int i = 0; i < sizes.olderFollows(); i++) {
      follow(out, BEGIN.minus(fraction(before, i, sizes.olderFollows())), false);
    }
    int owedReviews = sizes.reviews();
    int owedFollows = sizes.recentFollows();
    int owedLikes = sizes.likes();
    int owedComments = sizes.comments();
    for (int i = 0; i < total; i++) {
      Instant now = BEGIN.plus(fraction(before, i, total));
      int drawn = random.nextInt(owedReviews + owedFollows + owedLikes + owedComments);
      if (reviews == 0 || drawn < owedReviews) {
        review(out, now);
        owedReviews--;
      } else if (drawn < owedReviews + owedFollows) {
        follow(out, now, true);
        owedFollows--;
      } else if (drawn < owedReviews + owedFollows + owedLikes) {
        like(out, now);
        owedLikes--;
      } else {
        comment(out, now);
        owedComments--;
      }
      if (i % REPORT_EVERY == 0) {
        progress.at("activities", i, total);
      }
    }
    progress.at("activities", total, total);
  }

  private void follow(Streams out, Instant now, boolean recent) throws SQLException {
    int follower;
    int followee;
    int tries = 0;
    do {
      // Late tries are drawn evenly, so that a small or crowded data set ends too.
      boolean even = tries++ >= TRIES;
      follower = even ? anybody() : people[following.draw(random)];
      followee = even ? anybody() : people[popular.draw(random)];
    } while (follower == followee || !followed.add(follower, followee));
    out.follows().number(follower).number(followee).time(now).endRow();
    if (recent) {
      activity(out, follower, (long) followee, "follow", null, null, now);
    }
  }

  private void review(Streams out, Instant now) throws SQLException {
    int author;
    int rank;
    int tries = 0;
    do {
      boolean even = tries++ >= TRIES;
      author = even ? anybody() : people[active.draw(random)];
      rank = even ? random.nextInt(sizes.albums()) : albums.draw(random);
    } while (!reviewed.add(author, rank));
    authors[reviews] = author;
    long id = ++reviews;
    int album = albumOrder[rank];
    boolean pinned = pins[author] < MOST_PINNED && random.nextInt(40) == 0;
    if (pinned) {
      pins[author]++;
    }
    out.reviews()
        .number(id)
        .number(author)
        .number(album)
        .number(rating(album))
        .text(words.review())
        .flag(pinned)
        .time(now)
        .endRow();
    activity(out, author, null, "review", id, null, now);
  }

  private void like(Streams out, Instant now) throws SQLException {
    int reader;
    int review;
    int tries = 0;
    do {
      boolean even = tries++ >= TRIES;
      reader = even ? anybody() : people[active.draw(random)];
      review = even ? 1 + random.nextInt(reviews) : noticed();
      if (tries > 10 * TRIES) {
        return; // fewer reviews than likes so early on: this one is not owed any more
      }
    } while (!liked.add(review, reader));
    noticed[notices++] = review;
    out.likes().number(review).number(reader).time(now).endRow();
    activity(out, reader, otherThan(reader, authors[review - 1]), "like", (long) review, null, now);
  }

  private void comment(Streams out, Instant now) throws SQLException {
    int reader = people[active.draw(random)];
    int review = noticed();
    noticed[notices++] = review;
    long id = ++comments;
    out.comments()
        .number(id)
        .number(review)
        .number(reader)
        .text(words.comment())
        .time(now)
        .endRow();
    activity(
        out, reader, otherThan(reader, authors[review - 1]), "comment", (long) review, id, now);
  }

  private void activity(
      Streams out,
      int actor,
      @Nullable Long target,
      String type,
      @Nullable Long review,
      @Nullable Long comment,
      Instant now)
      throws SQLException {
    out.activities()
        .number(++activities)
        .number(actor)
        .numberOrNothing(target)
        .text(type)
        .numberOrNothing(review)
        .numberOrNothing(comment)
        .time(now)
        .endRow();
  }

  /** A review that is new, or one that was liked or commented before. */
  private int noticed() {
    if (notices > 0 && random.nextBoolean()) {
      return noticed[random.nextInt(notices)];
    }
    double age = random.nextDouble();
    return reviews - (int) (reviews * age * age * age);
  }

  /** Around a middle that is the album's own: some records are better than others. */
  private int rating(int album) {
    int middle = 4 + Math.floorMod(album * 31, 5);
    int drawn = middle + random.nextInt(-2, 3) + random.nextInt(-1, 2);
    return Math.max(1, Math.min(10, drawn));
  }

  private int anybody() {
    return 1 + random.nextInt(sizes.users());
  }

  private static @Nullable Long otherThan(int actor, int author) {
    return actor == author ? null : (long) author;
  }

  /** A part of a span of time, to the microsecond, as PostgreSQL keeps it. */
  private static Duration fraction(Duration whole, int part, int parts) {
    double share = (double) part / parts;
    return Duration.of((long) (whole.toMillis() * 1_000.0 * share), ChronoUnit.MICROS);
  }

  private int[] shuffled(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      numbers[i] = numbers[other];
      numbers[other] = i + 1;
    }
    return numbers;
  }
}
