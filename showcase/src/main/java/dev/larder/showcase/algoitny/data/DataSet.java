package dev.larder.showcase.algoitny.data;

/**
 * What the tables are to hold.
 *
 * @param scale 1 for 50,000 problems and 2,000,000 attempts
 * @param seed decides every detail; times are reckoned back from the moment of the load
 */
public record DataSet(double scale, long seed) {
  /** The least {@code scale}. */
  public static final double LEAST_SCALE = 0.001;

  /** The greatest {@code scale}. */
  public static final double GREATEST_SCALE = 10;

  /** Raised when the same scale and seed mean other rows than before. */
  private static final int EDITION = 1;

  /** One line that equal data sets share. */
  public String description() {
    return "algoitny " + EDITION + ", scale " + scale + ", seed " + seed;
  }

  /**
   * The number of the problem of a rank: 0 is tried most. Some are drafts, which nobody tries.
   *
   * @param problems how many there are
   */
  public static int popular(int rank, int problems) {
    return 1 + Math.floorMod(rank * 7_919, problems);
  }

  /** How many problems there are. */
  public int problems() {
    return count(50_000);
  }

  /** How many users there are; user 1 is the administrator, from 2 on the lower the more active. */
  public int users() {
    return count(100_000);
  }

  int attempts() {
    return count(2_000_000);
  }

  private int count(int atScaleOne) {
    return Math.max(50, (int) Math.round(atScaleOne * scale));
  }
}
