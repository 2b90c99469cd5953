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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder invalidate}: by key, tag, prefix or cache. */
@Command(
    name = "invalidate",
    header = "Invalidates keys, tags, prefixes or caches on every node.",
    description = {
      "",
      "Says how many entries that is and asks; without a terminal it needs --yes.",
      "",
      "  larder invalidate shop:album:v1:42",
      "  larder invalidate --tag artist:7 --dry-run",
      "  larder invalidate --prefix shop:feed:v1: --yes"
    })
public final class InvalidateCommand extends OperatorCommand {

  @Parameters(paramLabel = "KEY", arity = "0..*", description = "Full keys.")
  private List<String> keys = List.of();

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "TAG",
      description = "All entries with this tag. May be given many times.")
  private List<String> tags = List.of();

  @Option(
      names = {"-c", "--cache"},
      paramLabel = "CACHE",
      description = "All entries of this cache. May be given many times.")
  private List<String> caches = List.of();

  @Option(
      names = {"-p", "--prefix"},
      paramLabel = "PREFIX",
      description = "All keys that begin so; it ends in a colon. May be given many times.")
  private List<String> prefixes = List.of();

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public InvalidateCommand() {}

  @Override
  protected void check() {
    Aim unused = aim();
  }

  private Aim aim() {
    int kinds = (keys.isEmpty() ? 0 : 1)
        + (tags.isEmpty() ? 0 : 1)
        + (caches.isEmpty() ? 0 : 1)
        + (prefixes.isEmpty() ? 0 : 1);
    if (kinds != 1) {
      throw Fault.usage(
          kinds == 0
              ? "what to invalidate? Name keys, or a --tag, --cache or --prefix"
              : "keys, --tag, --cache and --prefix exclude each other",
          "");
    }
    if (!keys.isEmpty()) {
      return new Aim(Aim.Kind.KEY, keys);
    }
    if (!tags.isEmpty()) {
      return new Aim(Aim.Kind.TAG, tags);
    }
    return caches.isEmpty() ? new Aim(Aim.Kind.PREFIX, prefixes) : new Aim(Aim.Kind.CACHE, caches);
  }

  @Override
  protected ExitCode run(Session session) {
    Aim aim = aim();
    if (aim.kind() == Aim.Kind.CACHE) {
      Overview overview = session.management().overview();
      aim.names().forEach(it -> KnownCaches.require(overview, it));
    }
    return new Invalidation(session, aim)
        .run(action.isDry(), question -> action.askYes(session, question));
  }
}
