package dev.larder.cli.act;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.manage.Aim;
import dev.larder.manage.Overview;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code larder clear}: one cache, or all that are not protected. */
@Command(
    name = "clear",
    header = "Invalidates all entries of a cache, or of all caches.",
    description = {
      "",
      "Asks for the cache's name, or for the word all. Protected caches, such as that of sessions, are"
          + " cleared only by their own name."
    })
public final class ClearCommand extends OperatorCommand {

  private static final String ALL = "all";

  @Parameters(
      paramLabel = "CACHE",
      arity = "0..1",
      description = "One cache. Default: all that are not protected.")
  private @Nullable String cache;

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public ClearCommand() {}

  @Override
  protected ExitCode run(Session session) {
    Overview overview = session.management().overview();
    String name = cache;
    if (name != null) {
      KnownCaches.require(overview, name);
      return new Invalidation(session, new Aim(Aim.Kind.CACHE, List.of(name)))
          .run(action.isDry(), question -> action.askFor(session, question, name));
    }
    // Only nodes know which caches are protected: without one, "all" could end sessions.
    if (overview.nodes().isEmpty() || !overview.isWhole()) {
      throw new Fault(
          ExitCode.FAILED,
          "refused to clear all caches; nothing was changed",
          overview.nodes().isEmpty()
              ? "no node runs that could tell which caches are protected"
              : "the other nodes cannot be asked which caches are protected",
          "name one: " + session.command() + " CACHE");
    }
    return new Invalidation(session, new Aim(Aim.Kind.ALL, List.of()))
        .run(action.isDry(), question -> action.askFor(session, question, ALL));
  }
}
