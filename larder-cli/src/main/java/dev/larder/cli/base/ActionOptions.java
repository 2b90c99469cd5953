package dev.larder.cli.base;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of commands that change something: without consent they change nothing. */
public final class ActionOptions {

  private static final Set<String> YES = Set.of("y", "yes");

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask. Needed where no terminal is there to ask at.")
  private boolean isAgreed;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Says what would be done, and changes nothing.")
  private boolean isDry;

  /** For picocli. */
  public ActionOptions() {}

  /** Whether nothing is to be changed. */
  public boolean isDry() {
    return isDry;
  }

  /**
   * Returns if somebody agrees.
   *
   * @param question without a question mark
   * @throws Fault if nobody does
   */
  public void askYes(Session session, String question) {
    askYes(session.surroundings(), session.err(), session.command(), question);
  }

  /**
   * The same for a command that has no session.
   *
   * @param command its full name
   * @throws Fault if nobody agrees
   */
  public void askYes(Surroundings surroundings, PrintWriter err, String command, String question) {
    if (!isAgreed
        && !YES.contains(
            asked(surroundings, err, command, question + "? [y/N] ").toLowerCase(Locale.ROOT))) {
      throw refused(command, "the answer was not yes");
    }
  }

  /**
   * Returns if somebody writes the word, or has agreed before.
   *
   * @param question what is about to happen
   * @param word what to write
   * @throws Fault if nobody does
   */
  public void askFor(Session session, String question, String word) {
    String prompt = question + ". Write " + word + " to go on: ";
    if (!isAgreed
        && !asked(session.surroundings(), session.err(), session.command(), prompt)
            .equals(word)) {
      throw refused(session.command(), "the answer was not " + word);
    }
  }

  private static String asked(
      Surroundings surroundings, PrintWriter err, String command, String prompt) {
    if (!surroundings.isTerminal()) {
      throw refused(command, "there is no terminal to ask at");
    }
    err.print(VisibleText.of(prompt));
    err.flush();
    return line(surroundings.in()).strip();
  }

  private static Fault refused(String command, String why) {
    return new Fault(
        ExitCode.REFUSED,
        "refused; nothing was changed",
        why,
        command + " --yes does not ask, --dry-run shows what it would do");
  }

  // Byte by byte: what comes after the line is not this question's.
  private static String line(InputStream in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        bytes.write(next);
      }
    } catch (IOException e) {
      return "";
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
