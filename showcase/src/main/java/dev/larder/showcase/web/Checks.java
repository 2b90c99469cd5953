package dev.larder.showcase.web;

import dev.larder.showcase.web.Refused.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects all faults of a request, so that the caller hears of every wrong value at once. Used by
 * one thread.
 */
public final class Checks {
  private static final int SHOWN = 40;

  private final List<Fault> faults = new ArrayList<>();

  /**
   * A text without surrounding blanks; the empty text if it is at fault.
   *
   * @param least 1 for a text that must not be blank, 0 otherwise
   * @param most in characters
   */
  public String text(String field, @Nullable String value, int least, int most) {
    String stripped = value == null ? "" : value.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (value == null && least > 0) {
      faults.add(new Fault(field, "missing", range(least, most)));
    } else if (length < least || length > most) {
      String seen = length > SHOWN ? length + " characters" : quoted(stripped);
      faults.add(new Fault(field, seen, range(least, most)));
    } else if (stripped.indexOf('\0') >= 0) {
      faults.add(new Fault(field, "a text with a NUL character", "text without NUL"));
    }
    return stripped;
  }

  /** A whole number in a range; {@code least} if it is at fault. */
  public int number(String field, @Nullable Integer value, int least, int most) {
    if (value == null || value < least || value > most) {
      faults.add(new Fault(field, shortened(value), least + " to " + most));
      return least;
    }
    return value;
  }

  /** A number that something has; 0 if it is at fault. */
  public long id(String field, @Nullable Long value) {
    if (value == null || value < 1) {
      faults.add(new Fault(field, shortened(value), "a number of at least 1"));
      return 0;
    }
    return value;
  }

  /** Notes a fault found elsewhere. */
  public void fault(String field, @Nullable Object seen, String range) {
    faults.add(new Fault(field, shortened(seen), range));
  }

  /**
   * Ends the checks.
   *
   * @throws Refused naming every fault, if there is any
   */
  public void done() {
    if (!faults.isEmpty()) {
      throw refusal();
    }
  }

  Refused refusal() {
    String lines = faults.stream()
        .map(fault -> fault.field() + " is " + fault.seen() + ", must be " + fault.range())
        .collect(Collectors.joining("; "));
    return new Refused(Refused.Reason.INVALID, lines + ".", faults);
  }

  static String shortened(@Nullable Object value) {
    String text = Objects.toString(value, "missing");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "empty" : "\"" + text + "\"";
  }

  private static String range(int least, int most) {
    return least == 0 ? "at most " + most + " characters" : least + " to " + most + " characters";
  }
}
