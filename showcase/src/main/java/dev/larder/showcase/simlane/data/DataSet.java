package dev.larder.showcase.simlane.data;

/**
 * Which data set the tables should hold.
 *
 * @param scale 0.001 to 10
 * @param seed decides every invented detail
 * @param racing fingerprint of what is imported
 */
public record DataSet(double scale, long seed, String racing) {
  /** Smallest scale. */
  public static final double LEAST_SCALE = 0.001;

  /** Largest scale. */
  public static final double GREATEST_SCALE = 10;

  /** Raised whenever the generator or the tables change, so that older data is replaced. */
  private static final int FORMAT = 1;

  /** One line that two equal data sets share and two different ones do not. */
  public String description() {
    return "format " + FORMAT + ", scale " + scale + ", seed " + seed + ", racing " + racing;
  }

  /** Clubs: 2,000 at 1, at least 5. */
  public int clubs() {
    return Math.max(5, at(2_000));
  }

  /** Users: 40,000 at 1, at least 60. */
  public int users() {
    return Math.max(60, at(40_000));
  }

  /** Memberships: 60,000 at 1; at least one manager and one more for each club. */
  int memberships() {
    return Math.max(clubs() * 4, at(60_000));
  }

  /** Teams: four of each club. */
  int teams() {
    return clubs() * 4;
  }

  /** Events: ten of each club. */
  int events() {
    return clubs() * 10;
  }

  /** Participations: ten in each event. */
  int participations() {
    return events() * 10;
  }

  /** Sim profiles: 50,000 at 1, at least 80. */
  public int profiles() {
    return Math.max(80, at(50_000));
  }

  private int at(int whole) {
    return (int) Math.round(whole * scale);
  }
}
