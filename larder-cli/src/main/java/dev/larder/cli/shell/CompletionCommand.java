package dev.larder.cli.shell;

import dev.larder.cli.base.LarderVersion;
import dev.larder.cli.exit.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code larder completion}: prints what a shell needs to complete words. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = LarderVersion.class,
    usageHelpAutoWidth = true,
    header = "Prints a script that completes commands and options in a shell.",
    description = {
      "",
      "  source <(larder completion bash)",
      "  larder completion fish > ~/.config/fish/completions/larder.fish",
      "",
      "Names of caches, tags, warm-ups and hot keys come from the application that LARDER_URL or a"
          + " file names, if it answers within 300 ms.",
      ""
    })
public final class CompletionCommand implements Callable<Integer> {

  /** Shells. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Shell shell;

  /** For picocli. */
  public CompletionCommand() {}

  @Override
  public Integer call() {
    CommandLine whole = spec.root().commandLine();
    String name = spec.root().name();
    String script = switch (shell) {
      case BASH -> AutoComplete.bash(name, whole) + LiveNames.bash(name);
      // The script makes zsh take what bash takes.
      case ZSH -> AutoComplete.bash(name, whole) + LiveNames.bash(name);
      case FISH -> FishScript.of(name, whole);
    };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return ExitCode.OK.status();
  }
}
