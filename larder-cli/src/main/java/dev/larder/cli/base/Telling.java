package dev.larder.cli.base;

import dev.larder.cli.output.VisibleText;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Tells of errors: what, why, and what next, a line each. */
public final class Telling {

  private Telling() {}

  /**
   * Writes up to three lines.
   *
   * @param command the full name of the command that failed
   * @param why null or empty if {@code what} says all
   * @param next empty if there is nothing that the reader can do
   */
  public static void tell(
      PrintWriter err, String command, @Nullable String what, @Nullable String why, String next) {
    err.println(VisibleText.of(command + ": " + what));
    if (why != null && !why.isEmpty()) {
      err.println(VisibleText.of("  why:  " + why));
    }
    if (!next.isEmpty()) {
      err.println(VisibleText.of("  next: " + next));
    }
    err.flush();
  }
}
