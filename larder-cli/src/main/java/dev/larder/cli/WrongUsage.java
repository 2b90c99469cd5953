package dev.larder.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with the arguments in two or three lines, without the whole usage. */
final class WrongUsage implements IParameterExceptionHandler {

  /** A word is meant by another that differs by at most so many letters. */
  private static final int MOST_DIFFERENT = 3;

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
      nearest(word, command.getCommandSpec())
          .ifPresent(it -> err.println("Did you mean " + it + "?"));
    } else {
      err.println(name + ": " + failure.getMessage());
    }
    err.println(name + " --help tells what is possible.");
    return ExitCode.USAGE.status();
  }

  private static Optional<String> nearest(String word, CommandSpec spec) {
    List<String> known = word.startsWith("-")
        ? spec.options().stream().flatMap(it -> Stream.of(it.names())).toList()
        : List.copyOf(spec.subcommands().keySet());
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    return known.stream()
        .filter(it -> distance(name, it) <= Math.min(MOST_DIFFERENT, it.length() / 2))
        .min(Comparator.comparingInt(it -> distance(name, it)));
  }

  /** How many letters to insert, drop or replace to make one word of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        corner = above;
      }
    }
    return row[other.length()];
  }
}
