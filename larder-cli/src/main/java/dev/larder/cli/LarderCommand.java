package dev.larder.cli;

import dev.larder.cli.act.ClearCommand;
import dev.larder.cli.act.InvalidateCommand;
import dev.larder.cli.act.RefreshCommand;
import dev.larder.cli.act.SwitchCommand;
import dev.larder.cli.act.TouchCommand;
import dev.larder.cli.act.TrialCommand;
import dev.larder.cli.base.LarderVersion;
import dev.larder.cli.base.Surroundings;
import dev.larder.cli.check.AdviseCommand;
import dev.larder.cli.check.DoctorCommand;
import dev.larder.cli.check.VerifyCommand;
import dev.larder.cli.follow.TailCommand;
import dev.larder.cli.follow.TopCommand;
import dev.larder.cli.follow.WarmCommand;
import dev.larder.cli.look.ExplainCommand;
import dev.larder.cli.look.GetCommand;
import dev.larder.cli.look.KeysCommand;
import dev.larder.cli.look.StatsCommand;
import dev.larder.cli.look.StatusCommand;
import dev.larder.cli.shell.CompleteCommand;
import dev.larder.cli.shell.CompletionCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code larder} command: parses the arguments and runs the subcommand they name. */
@Command(
    name = "larder",
    description = "Runs and inspects Larder.",
    mixinStandardHelpOptions = true,
    versionProvider = LarderVersion.class)
public final class LarderCommand implements Runnable {

  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS = List.of(
      StatusCommand.class,
      StatsCommand.class,
      TopCommand.class,
      KeysCommand.class,
      GetCommand.class,
      ExplainCommand.class,
      TailCommand.class,
      InvalidateCommand.class,
      ClearCommand.class,
      RefreshCommand.class,
      TouchCommand.class,
      SwitchCommand.class,
      WarmCommand.class,
      VerifyCommand.class,
      AdviseCommand.class,
      TrialCommand.class,
      DoctorCommand.class,
      SetupCommand.class,
      DemoCommand.class,
      CompletionCommand.class,
      CompleteCommand.class);

  private LarderCommand() {}

  /**
   * Runs the command and exits with a status of {@link dev.larder.cli.exit.ExitCode}, or with that of a
   * program it ran.
   */
  public static void main(String[] args) {
    System.exit(commandLine(Surroundings.ofProcess(), named(args)).execute(args));
  }

  /** The command that is named, alone, since reading the options of all takes longer than most run. */
  private static List<Class<?>> named(String[] args) {
    List<Class<?>> named = COMMANDS.stream()
        .filter(it -> args.length > 0
            && it != CompletionCommand.class
            && it.getAnnotation(Command.class).name().equals(args[0]))
        .toList();
    return named.isEmpty() ? COMMANDS : named;
  }

  /** The command with all its subcommands, ready to parse arguments. */
  static CommandLine commandLine() {
    return commandLine(Surroundings.ofProcess());
  }

  /** The same, run elsewhere. */
  static CommandLine commandLine(Surroundings surroundings) {
    return commandLine(surroundings, COMMANDS);
  }

  private static CommandLine commandLine(Surroundings surroundings, List<Class<?>> commands) {
    CommandLine line = new CommandLine(new LarderCommand());
    commands.forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true).setParameterExceptionHandler(new WrongUsage());
    line.getSubcommands().values().forEach(it -> {
      if (it.getCommand() instanceof Surroundings.Aware command) {
        command.runIn(surroundings);
      }
    });
    return line;
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
