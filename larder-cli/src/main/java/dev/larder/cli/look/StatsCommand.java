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
import dev.larder.manage.RouteReport;
import java.util.List;
import java.util.Locale;
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
      "Hit ratios are of all lookups. SAVED is what callers were spared by hits, less what"
          + " lookups and misses cost them beside loads; negative where that is more. It goes by how long"
          + " the values that hits found had taken to load, by a sample, else by the mean load so"
          + " far; a lookup of many keys counts as one load; – is too little"
          + " measured, fewer than 100 lookups on a node. READS/S is over"
          + " the seconds of --watch; at the first look it is the mean since the nodes started. HITS NOW,"
          + " from the second look on, is of the lookups since the last one."
    })
public final class StatsCommand extends OperatorCommand {

  @Parameters(paramLabel = "CACHE", arity = "0..1", description = "One cache. Default: all.")
  private @Nullable String cache;

  @Option(
      names = "--by",
      paramLabel = "tier|node|measure|route|endpoint",
      description = {
        "One row per tier, or per node. Default: per cache.",
        "measure: quantiles of one CACHE, of the times of hits and loads, of ages and sizes.",
        "route: what the response cache did, with its reasons; endpoint: what requests did with"
            + " caches. Both take no CACHE."
      })
  private @Nullable By by;

  @Mixin
  private WatchOptions watching = new WatchOptions();

  private final ReadRates rates = new ReadRates();
  private boolean isGapTold;

  /** What rows are of. */
  enum By {
    TIER,
    NODE,
    MEASURE,
    ROUTE,
    ENDPOINT
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

  /** A header with nothing below it needs a reason; whoever watches needs it once. */
  private void tellGap(Session session, String gap) {
    if (!gap.isEmpty() && !isGapTold) {
      session.say(gap);
    }
    isGapTold = true;
  }

  private Answer answer(Session session) {
    if (by == By.ROUTE || by == By.ENDPOINT) {
      if (cache != null) {
        throw new Fault(
            ExitCode.USAGE,
            "--by " + by.name().toLowerCase(Locale.ROOT) + " takes no CACHE",
            "routes and endpoints are not of one cache",
            "leave " + cache + " out");
      }
      RouteReport report = session.management().routes();
      tellGap(session, RouteTables.gap(report, by == By.ROUTE));
      return by == By.ROUTE ? RouteTables.byRoute(report) : RouteTables.byEndpoint(report);
    }
    Overview overview = session.management().overview();
    String wanted = cache;
    if (wanted != null) {
      KnownCaches.require(overview, wanted);
    }
    if (by == By.MEASURE && wanted != null) {
      return StatsTables.byMeasure(session.management().distributions(wanted));
    }
    List<CacheFigures> figures = CacheFigures.of(
        overview, rates, name -> wanted == null || name.equals(wanted), by == By.NODE);
    return by == By.TIER ? StatsTables.byTier(figures) : StatsTables.of(figures, by == By.NODE);
  }
}
