package dev.larder.key;

/** A part has no stable form; collects where it stands while it travels up. Never leaves this package. */
final class UnstablePart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private String path = "";

  UnstablePart(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  UnstablePart within(String step) {
    path = path.isEmpty() ? step : step + ", " + path;
    return this;
  }

  @Override
  public String getMessage() {
    return path.isEmpty() ? reason : path + ": " + reason;
  }
}
