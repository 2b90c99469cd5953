package dev.larder.cli.act;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.manage.Obstacles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code larder refresh}: loads a key anew. */
@Command(
    name = "refresh",
    header = "Loads a key anew, on a node that has it and knows how to load it.",
    description = {
      "",
      "Readers are not made to wait, and nothing is removed, so it does not ask. --dry-run looks, and ends with 1 if"
          + " the order would be refused."
    })
public final class RefreshCommand extends OperatorCommand {

  @Parameters(paramLabel = "KEY", description = "The full key, as larder keys prints it.")
  private String key = "";

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public RefreshCommand() {}

  @Override
  protected ExitCode run(Session session) {
    if (action.isDry()) {
      String obstacle = Obstacles.of(
              session.management().explain(key), session.management().overview())
          .refresh();
      if (!obstacle.isEmpty()) {
        session.say("It cannot be refreshed: " + obstacle + ". Nothing was changed.");
        return ExitCode.FAILED;
      }
      session.say("Would load " + key
          + " once from its source, on a node that has it in L1, and replace it there and in the nearest"
          + " shared tier that answers; other copies stay until their time is over. Nothing was"
          + " changed.");
      return ExitCode.OK;
    }
    session.printer().print(Outcomes.answer(session.management().refresh(key, session.who())));
    return ExitCode.OK;
  }
}
