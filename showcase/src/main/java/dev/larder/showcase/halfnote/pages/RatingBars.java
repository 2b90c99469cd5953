package dev.larder.showcase.halfnote.pages;

import java.util.ArrayList;
import java.util.List;

/** Turns counts of ratings into bars of a drawing 60 units high. */
final class RatingBars {
  private static final int HEIGHT = 60;

  private RatingBars() {}

  /**
   * One bar.
   *
   * @param rating 1 to 10
   * @param count how many
   * @param x left edge
   * @param y upper edge
   * @param height at least 1, so that an empty bar is seen as one
   */
  record Bar(int rating, long count, int x, int y, int height) {}

  static List<Bar> of(List<Long> histogram) {
    long most = Math.max(1, histogram.stream().mapToLong(Long::longValue).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < histogram.size(); i++) {
      long count = histogram.get(i);
      int height = Math.max(1, (int) (count * HEIGHT / most));
      bars.add(new Bar(i + 1, count, i * 20, HEIGHT - height, height));
    }
    return bars;
  }
}
