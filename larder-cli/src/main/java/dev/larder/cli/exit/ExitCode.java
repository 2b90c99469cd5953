package dev.larder.cli.exit;

/** What the {@code larder} command tells the shell when it ends. */
public enum ExitCode {
  /** All went well. */
  OK(0),
  /** The command ran and failed; a message says why. */
  FAILED(1),
  /** An unknown command or option, or a value out of range. Nothing was done. */
  USAGE(2),
  /** What was named or is needed is not there: a key, a cache, a jar, a file. Nothing was done. */
  MISSING(3),
  /** A server or application does not answer, or refuses; a message says which. */
  UNREACHABLE(4),
  /** A check ran to its end and found something wrong. */
  CHECK_FAILED(5),
  /** Nobody agreed: a destructive command without {@code --yes}, or an answer that was not yes. */
  REFUSED(6),
  /** Ctrl-C; the Java runtime itself ends with this. */
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The number that the process exits with. */
  public int status() {
    return status;
  }
}
