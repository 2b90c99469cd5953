package dev.larder.console;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of who did what, under the logger {@code dev.larder.audit}; one line each, without secrets. */
final class Audit {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.audit");
  private static final int LONGEST = 500;

  private Audit() {}

  static void done(String action, String who, String what, String outcome) {
    logger.info("{} by {}: {}: {}", action, line(who), line(what), line(outcome));
  }

  static void refused(String action, String who, String why) {
    logger.warn("{} by {} refused: {}", action, line(who), line(why));
  }

  /** Text that cannot pretend to be another line. */
  static String line(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}|\\u2028|\\u2029", "?");
  }
}
