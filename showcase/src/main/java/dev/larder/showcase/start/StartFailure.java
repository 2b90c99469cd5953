package dev.larder.showcase.start;

import org.jspecify.annotations.Nullable;

/** The application cannot start for a reason that the person who starts it can mend. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String action;

  /**
   * A failure in words for people, without passwords.
   *
   * @param description what is wrong: name of the variable, value seen, what it should be
   * @param action what to do
   */
  public StartFailure(String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
