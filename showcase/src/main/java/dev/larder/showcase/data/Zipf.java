package dev.larder.showcase.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws ranks so that rank r comes up in proportion to 1 / (r + 1)^s: a few are drawn often, most
 * seldom. Immutable; a draw costs one binary search.
 */
public final class Zipf {
  private final double[] cumulative;

  /** Ranks 0 to {@code ranks - 1} with exponent {@code s}. */
  public Zipf(int ranks, double s) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += Math.pow(rank + 1.0, -s);
      cumulative[rank] = sum;
    }
  }

  /** A rank, 0 the likeliest. */
  public int draw(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }
}
