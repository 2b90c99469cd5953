package dev.larder.cli.look;

import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Table;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Overview;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder keys}: which keys are stored. */
@Command(
    name = "keys",
    header = "Lists stored keys.",
    description = {
      "",
      "One pass over the keys of the nearest tier that answers, in small steps. The keys come in no"
          + " order."
    })
public final class KeysCommand extends OperatorCommand {

  @Parameters(paramLabel = "CACHE", arity = "0..1", description = "One cache. Default: all.")
  private String cache = "";

  @Option(
      names = {"-c", "--contains"},
      paramLabel = "TEXT",
      description = "Only keys that contain this.")
  private String contains = "";

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      defaultValue = "100",
      description = "Most keys, 1 to 10000. Default: 100.")
  private int limit = 100;

  /** For picocli. */
  public KeysCommand() {}

  @Override
  protected void check() {
    if (limit < 1 || limit > KeyQuery.MAX) {
      throw Fault.usage("--limit is " + limit + ", must be 1 to " + KeyQuery.MAX, "");
    }
  }

  @Override
  protected ExitCode run(Session session) {
    Overview overview = session.management().overview();
    if (!cache.isEmpty()) {
      KnownCaches.require(overview, cache);
    }
    KeyPage page = session.management().keys(new KeyQuery(cache, contains, limit));
    Table table = new Table().text("key", "KEY");
    page.keys().forEach(it -> table.row(Cell.of(it)));
    List<Line> lines = page.keys().stream().map(Line::of).toList();
    session.printer().print(Answer.of("keys", page.keys(), table).shownAs(lines));
    for (String tier : Troubles.silentTiers(overview)) {
      session.say(tier + " does not answer; keys that it alone has are not listed.");
    }
    if (page.hasMore()) {
      session.say("There are more; --limit is " + limit + ".");
    }
    if (page.keys().isEmpty()) {
      session.say("No keys on " + page.tier() + ".");
    }
    return ExitCode.OK;
  }
}
