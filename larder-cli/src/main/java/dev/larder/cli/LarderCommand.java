package dev.larder.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code larder} command: parses the arguments and runs the subcommand they name. */
@Command(
    name = "larder",
    description = "Runs and inspects Larder.",
    mixinStandardHelpOptions = true,
    versionProvider = LarderVersion.class,
    subcommands = {DemoCommand.class, SetupCommand.class})
public final class LarderCommand implements Runnable {

  private LarderCommand() {}

  /** Runs the command and exits with a status of {@link ExitCode}, or with that of a program it ran. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with all its subcommands, ready to parse arguments. */
  static CommandLine commandLine() {
    return new CommandLine(new LarderCommand()).setParameterExceptionHandler(new WrongUsage());
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
