package dev.larder.showcase.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action that was not done, and nothing of it was. The reason tells the caller what to change.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final transient List<Fault> faults;

  /** Why something is refused. */
  public enum Reason {
    /** A value is missing or out of range. */
    INVALID,
    /** Nobody is logged in, or as somebody who does not exist. */
    UNKNOWN_USER,
    /** It belongs to somebody else. */
    FORBIDDEN,
    /** What it is about does not exist, or the user may not know that it does. */
    NOT_FOUND,
    /** It contradicts what is there. */
    CONFLICT
  }

  /**
   * One value that is wrong.
   *
   * @param field its name in the request
   * @param seen the value, shortened
   * @param range what would be right
   */
  public record Fault(String field, String seen, String range) {}

  Refused(Reason reason, String message, List<Fault> faults) {
    super(message);
    this.reason = reason;
    this.faults = List.copyOf(faults);
  }

  /** A refusal without single faults. */
  public static Refused because(Reason reason, String message) {
    return new Refused(reason, message, List.of());
  }

  /** One wrong value, worded as {@link Checks} words it. */
  public static Refused invalid(String field, @Nullable Object seen, String range) {
    Checks checks = new Checks();
    checks.fault(field, seen, range);
    return checks.refusal();
  }

  /** Something with this number does not exist. */
  public static Refused notFound(String what, Object id) {
    return because(Reason.NOT_FOUND, "There is no " + what + " " + Checks.shortened(id) + ".");
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** All wrong values, for {@link Reason#INVALID}; empty otherwise. */
  public List<Fault> faults() {
    return faults;
  }
}
