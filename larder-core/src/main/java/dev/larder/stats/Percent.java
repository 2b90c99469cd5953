package dev.larder.stats;

import java.util.Locale;

/** Shares as people read them. */
public final class Percent {

  private Percent() {}

  /**
   * {@code 97.3 %} of 0.973. What is not nothing does not read as 0.0 % but as {@code < 0.1 %}, and what is
   * not all not as 100.0 % but as {@code > 99.9 %}.
   */
  public static String of(double share) {
    String text = String.format(Locale.ROOT, "%.1f %%", share * 100);
    if (share > 0 && text.equals("0.0 %")) {
      return "< 0.1 %";
    }
    return share < 1 && text.equals("100.0 %") ? "> 99.9 %" : text;
  }
}
