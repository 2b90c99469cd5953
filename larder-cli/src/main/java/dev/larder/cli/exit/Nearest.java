package dev.larder.cli.exit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody meant. */
public final class Nearest {

  /** A word is meant by another that differs by at most so many letters. */
  private static final int MOST_DIFFERENT = 3;

  private Nearest() {}

  /** The known word nearest to this one, if one is near. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(it -> distance(word, it) <= Math.min(MOST_DIFFERENT, it.length() / 2))
        .min(Comparator.comparingInt(it -> distance(word, it)));
  }

  /** How many letters to insert, drop or replace to make one word of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        corner = above;
      }
    }
    return row[other.length()];
  }
}
