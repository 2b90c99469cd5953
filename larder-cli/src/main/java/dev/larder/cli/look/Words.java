package dev.larder.cli.look;

import dev.larder.cli.output.Figures;
import dev.larder.manage.Explanation;

/** Words for what is known of a key. */
final class Words {

  private static final String UNKNOWN = "-";

  private Words() {}

  static String of(Explanation.State state) {
    return switch (state) {
      case FRESH -> "fresh";
      case STALE -> "stale";
      case INVALID -> "invalid, never served";
      case UNPROVED -> "not proved valid, never served";
      case ABSENCE -> "absence remembered";
      case LOADING -> "loading";
      case ABSENT -> "absent";
      case UNREADABLE -> "unreadable";
      case UNREACHABLE -> "unreachable";
    };
  }

  static String time(long millis) {
    return millis < 0 ? UNKNOWN : Figures.millis(millis);
  }

  static String left(long millis) {
    return millis == 0 ? UNKNOWN : (millis < 0 ? "-" : "") + Figures.millis(Math.abs(millis));
  }

  static String size(long bytes) {
    return bytes < 0 ? UNKNOWN : Figures.bytes(bytes);
  }
}
