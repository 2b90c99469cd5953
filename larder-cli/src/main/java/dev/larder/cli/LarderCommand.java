package dev.larder.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code larder} command: parses the arguments and runs the subcommand they name. */
@Command(name = "larder", mixinStandardHelpOptions = true)
public final class LarderCommand implements Runnable {

  private LarderCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new LarderCommand()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
