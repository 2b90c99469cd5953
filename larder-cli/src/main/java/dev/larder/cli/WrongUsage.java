package dev.larder.cli;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with the arguments in two or three lines, without the whole usage. */
final class WrongUsage implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      String kind =
          word.startsWith("-") || command.getSubcommands().isEmpty() ? "option" : "command";
      err.println(name + ": there is no " + kind + " '" + word + "'");
      Optional<String> argument = argument(word, command.getCommandSpec());
      argument.ifPresent(err::println);
      if (argument.isEmpty()) {
        nearest(word, command.getCommandSpec())
            .ifPresent(it -> err.println("Did you mean " + it + "?"));
      }
    } else {
      err.println(name + ": " + failure.getMessage());
    }
    err.println(name + " --help tells what is possible.");
    return ExitCode.USAGE.status();
  }

  /** What elsewhere is an option may be an argument here. */
  private static Optional<String> argument(String word, CommandSpec spec) {
    return spec.positionalParameters().stream()
        .map(PositionalParamSpec::paramLabel)
        .filter(it -> word.replaceFirst("=.*", "").equalsIgnoreCase("--" + it))
        .findFirst()
        .map(it -> it + " comes without an option: " + spec.qualifiedName() + " " + it);
  }

  private static Optional<String> nearest(String word, CommandSpec spec) {
    List<String> known = word.startsWith("-")
        ? spec.options().stream().flatMap(it -> Stream.of(it.names())).toList()
        : List.copyOf(spec.subcommands().keySet());
    int equals = word.indexOf('=');
    return Nearest.to(equals < 0 ? word : word.substring(0, equals), known);
  }
}
