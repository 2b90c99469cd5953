package dev.larder.internal.manage;

import dev.larder.stats.Percent;
import java.util.ArrayList;
import java.util.List;

/**
 * Lookups by who answered them.
 *
 * @param l1 those that L1 answered
 * @param l2 those that L2 answered
 * @param database those that the database tier answered
 * @param none those that no tier answered
 */
public record Answered(long l1, long l2, long database, long none) {

  static final Answered NOTHING = new Answered(0, 0, 0, 0);

  Answered plus(Answered other) {
    return new Answered(l1 + other.l1, l2 + other.l2, database + other.database, none + other.none);
  }

  Answered minus(Answered earlier) {
    return new Answered(
        l1 - earlier.l1, l2 - earlier.l2, database - earlier.database, none - earlier.none);
  }

  long all() {
    return l1 + l2 + database + none;
  }

  /** {@code L1 80.1 %, L2 12.0 %, none 7.9 %}: the shares of those that answered any. */
  String shares() {
    List<String> shares = new ArrayList<>();
    share("L1", l1, shares);
    share("L2", l2, shares);
    share("DATABASE", database, shares);
    share("no tier", none, shares);
    return String.join(", ", shares);
  }

  private void share(String name, long answered, List<String> to) {
    if (answered > 0) {
      to.add(name + " " + Percent.of((double) answered / all()));
    }
  }
}
