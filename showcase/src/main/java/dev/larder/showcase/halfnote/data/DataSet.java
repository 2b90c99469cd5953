package dev.larder.showcase.halfnote.data;

/**
 * Which data set the tables should hold.
 *
 * @param scale 0.001 to 10; at 1 there are 20,000 users, 200,000 reviews, 400,000 follows and
 *     1,000,000 activities
 * @param seed decides every invented detail
 * @param catalogue {@link dev.larder.showcase.halfnote.catalogue.Catalogue#fingerprint()} of the
 *     albums
 */
public record DataSet(double scale, long seed, String catalogue) {
  /** Smallest scale. */
  public static final double LEAST_SCALE = 0.001;

  /** Largest scale. */
  public static final double GREATEST_SCALE = 10;

  /** Raised whenever the generator or the tables change, so that older data is replaced. */
  private static final int FORMAT = 1;

  public DataSet {
    if (!(scale >= LEAST_SCALE && scale <= GREATEST_SCALE)) {
      throw new IllegalArgumentException(
          "scale is " + scale + ", must be " + LEAST_SCALE + " to " + GREATEST_SCALE);
    }
  }

  /** How many users there are at this scale: 20,000 at 1, at least 20. */
  public static int usersAt(double scale) {
    return Math.max(20, (int) Math.round(20_000 * scale));
  }

  /** How many albums an invented catalogue has at this scale: 5,000 at 1, at least 20. */
  public static int albumsAt(double scale) {
    return Math.max(20, (int) Math.round(5_000 * scale));
  }

  /** One line that two equal data sets share and two different ones do not. */
  public String description() {
    return "format " + FORMAT + ", scale " + scale + ", seed " + seed + ", catalogue " + catalogue;
  }

  /** The number of rows this data set has, given the number of albums in its catalogue. */
  Sizes sizes(int albums) {
    int users = usersAt(scale);
    long pairs = (long) users * (users - 1);
    int reviews = (int) Math.min(Math.round(200_000 * scale), (long) users * albums / 4);
    int follows = (int) Math.min(Math.round(400_000 * scale), pairs / 4);
    int activities = (int) Math.round(1_000_000 * scale);
    // Of the follows 30 % are older than the oldest activity; likes and comments fill what is left.
    int recentFollows = (int) (follows * 0.7);
    int comments = (int) (activities * 0.12);
    int likes = (int) Math.min(
        Math.max(0, activities - reviews - recentFollows - comments), (long) users * reviews / 4);
    return new Sizes(
        users,
        albums,
        reviews,
        follows - recentFollows,
        recentFollows,
        likes,
        comments,
        users * 3 / 2);
  }

  /** Rows by kind. Activities are the sum of reviews, recent follows, likes and comments. */
  record Sizes(
      int users,
      int albums,
      int reviews,
      int olderFollows,
      int recentFollows,
      int likes,
      int comments,
      int lists) {

    int activities() {
      return reviews + recentFollows + likes + comments;
    }
  }
}
