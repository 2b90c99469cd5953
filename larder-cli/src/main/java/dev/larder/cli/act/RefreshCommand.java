package dev.larder.cli.act;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code larder refresh}: loads a key anew. */
@Command(
    name = "refresh",
    header = "Loads a key anew, on a node that has it and knows how to load it.",
    description = {"", "Readers are not made to wait, and nothing is removed, so it does not ask."})
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
      session.say("Would ask the nodes that have " + key
          + " to load it anew, which those do whose cache declares a loader. Nothing was changed.");
      return ExitCode.OK;
    }
    session.printer().print(Outcomes.answer(session.management().refresh(key, session.who())));
    return ExitCode.OK;
  }
}
