package dev.larder.showcase.algoitny.source;

/** Counts pages. */
final class Pages {
  private Pages() {}

  /** How many pages there are; an empty list has one. */
  static int count(long total, int size) {
    return (int) Math.max(1, (total + size - 1) / size);
  }
}
