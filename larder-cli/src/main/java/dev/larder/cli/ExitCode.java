package dev.larder.cli;

/** What the {@code larder} command tells the shell when it ends. */
enum ExitCode {
  /** All went well. */
  OK(0),
  /** The command ran and failed; a message says why. */
  FAILED(1),
  /** An unknown command or option, or a value out of range. Nothing was done. */
  USAGE(2),
  /** Something the command needs is not there: a jar, a server, a file. Nothing was done. */
  MISSING(3),
  /** A server that the environment names does not answer, or refuses. Nothing was done. */
  UNREACHABLE(4);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The number that the process exits with. */
  int status() {
    return status;
  }
}
