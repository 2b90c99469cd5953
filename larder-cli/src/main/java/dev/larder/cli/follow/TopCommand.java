package dev.larder.cli.follow;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code larder top}: the hottest keys, or the loads that cost most, repainted until q. */
@Command(
    name = "top",
    header = "Shows the hottest keys, or the loads that cost most.",
    description = {
      "",
      "On a terminal it goes on until q: s sorts by the next column, n goes to the next cache, k and l"
          + " switch between keys and loads. Elsewhere it prints once."
    })
public final class TopCommand extends OperatorCommand {

  @ArgGroup(exclusive = true)
  private What what = new What();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "Most rows where it prints once, 1 to 1000. Default: 20.")
  private int limit = 20;

  @Option(names = "--once", description = "Prints once on a terminal too.")
  private boolean isOnce;

  /** What to show; at most one. */
  static final class What {

    @Option(names = "--keys", description = "The keys asked for most. The default.")
    private boolean isKeys;

    @Option(names = "--loads", description = "Who loads, how often and for how long.")
    private boolean isLoads;
  }

  /** For picocli. */
  public TopCommand() {}

  @Override
  protected void check() {
    if (limit < 1 || limit > 1_000) {
      throw Fault.usage("--limit is " + limit + ", must be 1 to 1000", "");
    }
  }

  @Override
  protected ExitCode run(Session session) {
    TopView view = new TopView(what.isLoads && !what.isKeys);
    if (session.surroundings().isTerminal() && session.printer().isForPeople() && !isOnce) {
      new TopScreen(session, view).run();
    } else {
      session.printer().print(view.answer(session.management(), limit));
    }
    return ExitCode.OK;
  }
}
