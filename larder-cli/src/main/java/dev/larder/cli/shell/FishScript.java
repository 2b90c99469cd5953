package dev.larder.cli.shell;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions in the language of fish. */
final class FishScript {

  private FishScript() {}

  static String of(String name, CommandLine whole) {
    StringBuilder script = new StringBuilder("# Completions of " + name + " for fish.\n");
    script.append("complete -c ").append(name).append(" -f\n");
    whole.getSubcommands().forEach((command, line) -> {
      CommandSpec spec = line.getCommandSpec();
      if (spec.usageMessage().hidden()) {
        return;
      }
      String condition = "__fish_seen_subcommand_from " + command;
      script
          .append("complete -c ")
          .append(name)
          .append(" -n __fish_use_subcommand -a ")
          .append(command)
          .append(" -d ")
          .append(quoted(first(spec.usageMessage().header())))
          .append('\n');
      spec.options().stream()
          .filter(option -> !option.hidden())
          .forEach(option -> script.append(line(name, condition, option)));
    });
    return script.append(LiveNames.fish(name)).toString();
  }

  private static String line(String name, String condition, OptionSpec option) {
    StringBuilder line = new StringBuilder("complete -c " + name + " -n " + quoted(condition));
    for (String each : option.names()) {
      line.append(each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1));
    }
    if (option.arity().min() > 0) {
      line.append(option.paramLabel().equals("FILE") ? " -r -F" : " -x");
    }
    if (option.type().isEnum()) {
      StringBuilder values = new StringBuilder();
      for (Object value : option.type().getEnumConstants()) {
        values
            .append(values.isEmpty() ? "" : " ")
            .append(value.toString().toLowerCase(Locale.ROOT));
      }
      line.append(" -a ").append(quoted(values.toString()));
    }
    return line.append(" -d ")
        .append(quoted(first(option.description())))
        .append('\n')
        .toString();
  }

  private static String first(String[] texts) {
    String text = String.join(" ", List.of(texts)).strip();
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
