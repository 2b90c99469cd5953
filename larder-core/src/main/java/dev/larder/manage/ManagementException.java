package dev.larder.manage;

/** An operator's question or order that cannot be carried out; the message says why and what next. */
public class ManagementException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why, for exit codes and statuses. */
  public enum Reason {
    /** What was asked is not well formed, or out of range. */
    WRONG_QUESTION,
    /** What was named is not there. */
    NOT_FOUND,
    /** A store or the application does not answer. */
    UNREACHABLE,
    /** The caller may not. */
    FORBIDDEN,
    /** It cannot be done here. */
    REFUSED
  }

  /** With a message in words that name what was asked. */
  public ManagementException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
