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
      session.say(
          loads(session)
              ? "Would load " + key
                  + " once from its source, on a node that has it in L1, and replace it"
                  + " there and in the nearest shared tier that answers; other copies stay until their time"
                  + " is over. Nothing was changed."
              : "It cannot be refreshed: its cache declares no loader, so it is loaded by whoever asks for"
                  + " it. Invalidate it instead. Nothing was changed.");
      return ExitCode.OK;
    }
    session.printer().print(Outcomes.answer(session.management().refresh(key, session.who())));
    return ExitCode.OK;
  }

  /** What no node tells of is not held against it. */
  private boolean loads(Session session) {
    String cache = session.management().explain(key).cache();
    return session.management().overview().nodes().stream()
        .flatMap(node -> node.caches().stream())
        .noneMatch(each ->
            each.stats().cache().equals(cache) && "none".equals(each.policy().get("loader")));
  }
}
