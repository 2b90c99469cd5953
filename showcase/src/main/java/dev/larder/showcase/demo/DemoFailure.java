package dev.larder.showcase.demo;

import dev.larder.showcase.start.StartFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The demo cannot go on; the message is for people and says what to do. */
final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Something went wrong. */
  static final int FAILED = 1;

  /** A value given from outside has the wrong form. */
  static final int USAGE = 2;

  /** A server named by the environment does not answer, or refuses. */
  static final int UNREACHABLE = 4;

  private final int status;

  DemoFailure(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The same failure, with what to do on a line of its own. */
  static DemoFailure of(int status, StartFailure failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    return new DemoFailure(status, message + "\n" + failure.action(), failure);
  }

  /** What the process exits with. */
  int status() {
    return status;
  }
}
