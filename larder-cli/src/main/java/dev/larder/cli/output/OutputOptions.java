package dev.larder.cli.output;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say how to print. */
public final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json, ndjson, csv or yaml. Default: table.")
  private Format format = Format.TABLE;

  @Option(
      names = {"-q", "--quiet"},
      description = "No messages besides errors.")
  private boolean isQuiet;

  @Option(
      names = "--no-color",
      description = "No colours; so does NO_COLOR, or an output that is no terminal.")
  private boolean hasNoColour;

  /** For picocli. */
  public OutputOptions() {}

  /** How to write. */
  public Format format() {
    return format;
  }

  /** Whether messages are unwanted. */
  public boolean isQuiet() {
    return isQuiet;
  }

  /** Whether to paint. */
  public boolean isColoured(boolean isTerminal, Map<String, String> environment) {
    return isTerminal
        && !hasNoColour
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Who prints. */
  public Printer printer(PrintWriter out, boolean isTerminal, Map<String, String> environment) {
    return new Printer(out, format, isColoured(isTerminal, environment));
  }
}
