package dev.larder.cli.base;

import dev.larder.cli.output.Printer;
import dev.larder.cli.output.VisibleText;
import dev.larder.manage.Management;
import java.io.PrintWriter;

/**
 * One run of a command: whom it asks and where it speaks.
 *
 * @param management whom it asks
 * @param printer where data go
 * @param err where messages go
 * @param isQuiet whether messages other than errors are unwanted
 * @param surroundings where it runs
 * @param command its full name, for messages
 * @param target whom it asks, for people
 */
public record Session(
    Management management,
    Printer printer,
    PrintWriter err,
    boolean isQuiet,
    Surroundings surroundings,
    String command,
    String target) {

  /** Tells the reader something that is no data. */
  public void say(String message) {
    if (!isQuiet) {
      err.println(VisibleText.of(message));
      err.flush();
    }
  }

  /** Who acts, for the record. */
  public String who() {
    return surroundings.environment().getOrDefault("USER", System.getProperty("user.name"))
        + " (larder)";
  }
}
