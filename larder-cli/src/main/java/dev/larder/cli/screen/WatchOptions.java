package dev.larder.cli.screen;

import dev.larder.cli.exit.Fault;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of commands that can go on looking. */
public final class WatchOptions {

  private static final int LONGEST_SECONDS = 3_600;

  @Option(
      names = {"-w", "--watch"},
      paramLabel = "SECONDS",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "2",
      description = "Goes on, each 2 or so many seconds, 1 to 3600, until q or Ctrl-C.")
  private int seconds;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "0",
      description = "With --watch: ends after N times.")
  private int times;

  /** For picocli. */
  public WatchOptions() {}

  /** Whether to go on. */
  boolean isOn() {
    return seconds != 0;
  }

  Duration every() {
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw Fault.usage(
          "--watch is " + seconds + ", must be 1 to " + LONGEST_SECONDS + " seconds", "");
    }
    return Duration.ofSeconds(seconds);
  }

  /** After how many times it ends. */
  int times() {
    return times <= 0 ? Integer.MAX_VALUE : times;
  }
}
