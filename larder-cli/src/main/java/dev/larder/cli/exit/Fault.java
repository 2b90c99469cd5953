package dev.larder.cli.exit;

/** Ends a command: what went wrong, why, and what to do next. Messages hold no secrets. */
public final class Fault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final String why;
  private final String next;

  /**
   * A fault.
   *
   * @param code what the shell is told
   * @param what one clause
   * @param why one sentence; empty if {@code what} says all
   * @param next what the reader can do; empty if nothing
   */
  public Fault(ExitCode code, String what, String why, String next) {
    super(what);
    this.code = code;
    this.why = why;
    this.next = next;
  }

  /** Wrong usage. */
  public static Fault usage(String what, String next) {
    return new Fault(ExitCode.USAGE, what, "", next);
  }

  /** What the shell is told. */
  public ExitCode code() {
    return code;
  }

  /** Why it went wrong. */
  public String why() {
    return why;
  }

  /** What to do next. */
  public String next() {
    return next;
  }
}
