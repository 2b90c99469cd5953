package dev.larder.web.live;

import java.time.Duration;

/**
 * Limits of the live streams of one process.
 *
 * @param maxStreams streams open at once, 1 to 1,000,000; those past it are told to come again
 * @param maxTags tags of one stream, 1 to 1,000
 * @param retained records kept for streams that come again, 16 to 1,000,000
 * @param heartbeat how often a silent stream is written to, so that those between keep it; 1 s to 5 min
 */
public record LiveOptions(int maxStreams, int maxTags, int retained, Duration heartbeat) {

  /** 1,000 streams of 100 tags, 4,096 records, 15 s. */
  public static final LiveOptions DEFAULT =
      new LiveOptions(1_000, 100, 4_096, Duration.ofSeconds(15));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, the value and the range
   */
  public LiveOptions {
    check("maxStreams", maxStreams, 1, 1_000_000);
    check("maxTags", maxTags, 1, 1_000);
    check("retained", retained, 16, 1_000_000);
    if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0
        || heartbeat.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("heartbeat: " + heartbeat + " is not 1 s to 5 min");
    }
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + ": " + value + " is not " + least + " to " + most);
    }
  }
}
