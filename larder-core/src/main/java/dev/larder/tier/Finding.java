package dev.larder.tier;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What a checkup found out about one thing.
 *
 * @param subject the thing: {@code version}, {@code memory}, {@code rights} and so on
 * @param level whether it needs doing anything
 * @param found what was seen, one sentence with its figures; no secrets
 * @param mend what to do about it; empty if nothing
 */
public record Finding(String subject, Level level, String found, String mend) {

  private static final Duration SLOW = Duration.ofMillis(5);
  private static final Duration APART = Duration.ofMillis(500);
  private static final Duration FAR_APART = Duration.ofSeconds(5);

  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Worth knowing; nothing breaks. */
    NOTE,
    /** It will hurt: hits, memory or time. */
    WARNING,
    /** It does not work. */
    FAULT
  }

  /** All is well with a thing. */
  public static Finding ok(String subject, String found) {
    return new Finding(subject, Level.OK, found, "");
  }

  /**
   * Judges a round trip to a store. One that takes 5 ms or more is a warning.
   *
   * @param roundTrip the median of several
   */
  public static Finding latency(Duration roundTrip) {
    String found = "a round trip takes %.2f ms".formatted(roundTrip.toNanos() / 1e6);
    return roundTrip.compareTo(SLOW) < 0
        ? ok("latency", found)
        : new Finding(
            "latency",
            Level.WARNING,
            found + ", and each hit in this tier costs one",
            "put the store nearer to the application, or look for what else keeps it busy");
  }

  /**
   * A store does not answer, in words.
   *
   * @param what the server, as people call it: {@code the database}
   * @param failure what was thrown
   */
  public static Finding silent(String what, Throwable failure) {
    return new Finding(
        "connection",
        Level.FAULT,
        what + " does not answer: " + reason(failure),
        "see that it runs, can be reached from here, and takes the user and password");
  }

  /** Names of classes say nothing to an operator; the innermost cause that is known says why. */
  private static String reason(Throwable failure) {
    String message = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return cause instanceof NoRouteToHostException
            ? "there is no way to its machine"
            : "nothing listens there";
      }
      if (cause instanceof UnknownHostException) {
        return "no machine has this name";
      }
      if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
        return "no answer in time";
      }
      if (cause instanceof SSLException) {
        return "the encrypted connection failed: " + cause.getMessage();
      }
      if (cause instanceof ClosedChannelException || cause instanceof EOFException) {
        return "it closed the connection";
      }
      // What a wrapper says is most often its cause's class and text.
      String own = cause.getMessage();
      Throwable inner = cause.getCause();
      if (own != null && (inner == null || !own.contains(inner.getClass().getName()))) {
        message = own.lines().findFirst().orElse("");
      }
    }
    return message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }

  /**
   * Judges how far a store's clock is from this process's. Clocks decide about times to live and
   * nothing else.
   *
   * @param difference store's time minus own time
   * @param uncertainty how far off that may be: half a round trip
   */
  public static Finding clock(Duration difference, Duration uncertainty) {
    Duration apart = difference.abs().minus(uncertainty);
    String found = "the store's clock is " + difference.abs().toMillis() + " ms "
        + (difference.isNegative() ? "behind" : "ahead of") + " this process's";
    if (apart.compareTo(APART) < 0) {
      return ok("clock", found);
    }
    return new Finding(
        "clock",
        apart.compareTo(FAR_APART) < 0 ? Level.NOTE : Level.WARNING,
        found + ": ages and times to live that people are shown are off by that",
        "let both machines follow a time server");
  }
}
