package dev.larder.showcase.scoreboard;

import java.util.Locale;

/** The kinds of requests that are measured. */
public enum Row {
  FEED("Activity feed", 0.90),
  REVIEWS("Profile reviews", 0.75),
  LISTS("Profile lists", 0.80),
  ALBUM("Album", 0),
  SEARCH("Search", 0);

  private final String title;
  private final double goal;

  Row(String title, double goal) {
    this.title = title;
    this.goal = goal;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The least share of the naive version's time to be saved; 0 where there is no goal. */
  public double goal() {
    return goal;
  }

  /** For programs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
