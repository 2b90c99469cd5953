package dev.larder.cli.act;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.base.Times;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.output.Figures;
import dev.larder.manage.Obstacles;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder touch}: another time to live for an entry. */
@Command(
    name = "touch",
    header = "Lets an entry live for a time from now, on every tier.",
    description = {
      "",
      "It removes nothing, so it does not ask. What was invalidated stays invalid. The key must be in"
          + " L1 of some node, and valid in the nearest shared tier that answers; --dry-run looks, and ends"
          + " with 1 if the order would be refused."
    })
public final class TouchCommand extends OperatorCommand {

  @Parameters(paramLabel = "KEY", description = "The full key, as larder keys prints it.")
  private String key = "";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      required = true,
      description = "How long: 500ms, 30s, 5m, 2h, 1d, or ISO such as PT5M.")
  private String ttl = "";

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public TouchCommand() {}

  @Override
  protected void check() {
    Duration unused = Times.parse("--ttl", ttl);
  }

  @Override
  protected ExitCode run(Session session) {
    Duration time = Times.parse("--ttl", ttl);
    if (action.isDry()) {
      String obstacle = Obstacles.of(
              session.management().explain(key), session.management().overview())
          .touch();
      if (!obstacle.isEmpty()) {
        session.say("It cannot live on: " + obstacle + ". Nothing was changed.");
        return ExitCode.FAILED;
      }
      session.say("Would let " + key + " live for " + Figures.millis(time.toMillis())
          + " from now. Nothing was changed.");
      return ExitCode.OK;
    }
    session.printer().print(Outcomes.answer(session.management().touch(key, time, session.who())));
    return ExitCode.OK;
  }
}
