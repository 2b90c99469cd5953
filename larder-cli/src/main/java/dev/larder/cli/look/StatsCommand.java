package dev.larder.cli.look;

import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.screen.Watch;
import dev.larder.cli.screen.WatchOptions;
import dev.larder.manage.Overview;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder stats}: what each cache has done, over all nodes. */
@Command(
    name = "stats",
    header = "Shows what each cache has done since its nodes started.",
    description = {
      "",
      "Hit ratios are of all lookups. SAVED is the time that loads would have taken in place of the"
          + " hits, by the mean time of a key in a load."
    })
public final class StatsCommand extends OperatorCommand {

  @Parameters(paramLabel = "CACHE", arity = "0..1", description = "One cache. Default: all.")
  private @Nullable String cache;

  @Option(
      names = "--by",
      paramLabel = "tier|node|measure",
      description = "One row per tier, per node, or, of one cache, per measure with its quantiles:"
          + " times of hits and loads, ages, sizes. Default: per cache.")
  private @Nullable By by;

  @Mixin
  private WatchOptions watching = new WatchOptions();

  /** What rows are of. */
  enum By {
    TIER,
    NODE,
    MEASURE
  }

  /** For picocli. */
  public StatsCommand() {}

  @Override
  protected void check() {
    if (by == By.MEASURE && cache == null) {
      throw Fault.usage("--by measure is of one cache", "larder stats CACHE --by measure");
    }
  }

  @Override
  protected ExitCode run(Session session) {
    Watch.run(session, watching, () -> answer(session));
    return ExitCode.OK;
  }

  private Answer answer(Session session) {
    Overview overview = session.management().overview();
    String wanted = cache;
    if (wanted != null) {
      KnownCaches.require(overview, wanted);
    }
    if (by == By.MEASURE && wanted != null) {
      return StatsTables.byMeasure(session.management().distributions(wanted));
    }
    List<CacheFigures> figures =
        CacheFigures.of(overview, name -> wanted == null || name.equals(wanted), by == By.NODE);
    return by == By.TIER ? StatsTables.byTier(figures) : StatsTables.of(figures, by == By.NODE);
  }
}
