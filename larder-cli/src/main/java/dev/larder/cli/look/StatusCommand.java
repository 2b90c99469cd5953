package dev.larder.cli.look;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Block;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.Concern;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.manage.Trouble;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code larder status}: nodes, tiers and switches, and what is wrong with them. */
@Command(
    name = "status",
    header = "Tells whether all is well: nodes, tiers, switches.",
    description = {
      "",
      "The first line is the verdict; each thing that is wrong has a line of its own."
    })
public final class StatusCommand extends OperatorCommand {

  @Option(
      names = "--strict",
      description = "Exits with 5 if anything is wrong. Default: 0 whenever it could be told.")
  private boolean strict;

  /**
   * What programs get.
   *
   * @param troubles what is wrong; empty if all is well
   * @param concerns what is worth a look
   * @param overview what nodes say of themselves
   */
  record Status(List<Trouble> troubles, List<Concern> concerns, Overview overview) {}

  /** For picocli. */
  public StatusCommand() {}

  @Override
  protected ExitCode run(Session session) {
    Overview overview = session.management().overview();
    Table nodes = nodes(overview);
    List<Block> blocks = new ArrayList<>();
    blocks.add(head(overview, session.target()));
    List<Trouble> troubles = Trouble.allOf(overview);
    blocks.addAll(Troubles.lines(troubles, overview.atMillis()));
    List<Concern> concerns = Concern.allOf(overview);
    blocks.addAll(Troubles.concerns(concerns, overview.atMillis()));
    if (!overview.nodes().isEmpty()) {
      blocks.add(Line.empty());
      blocks.add(nodes);
      blocks.add(Line.empty());
      blocks.add(tiers(overview));
    }
    session
        .printer()
        .print(new Answer("status", new Status(troubles, concerns, overview), nodes, List.of())
            .shownAs(blocks));
    return strict && !troubles.isEmpty() ? ExitCode.CHECK_FAILED : ExitCode.OK;
  }

  private static Line head(Overview overview, String target) {
    long caches = overview.nodes().stream()
        .flatMap(it -> it.caches().stream())
        .map(it -> it.stats().cache())
        .distinct()
        .count();
    return Line.of(overview.keyPrefix(), Style.BOLD)
        .and(
            ": " + Figures.counted(overview.nodes().size(), "node", "nodes") + ", "
                + Figures.counted(caches, "cache", "caches") + ", asked "
                + (overview.node().isEmpty() ? "the stores" : "node " + overview.node()) + " at "
                + target,
            Style.PLAIN);
  }

  private static Table nodes(Overview overview) {
    Table table = new Table()
        .text("node", "NODE")
        .text("host", "HOST")
        .number("process", "PROCESS")
        .text("state", "STATE")
        .number("waiting", "WAITING")
        .number("heapUsed", "HEAP")
        .number("upMillis", "UP")
        .number("sampled", "SAMPLED")
        .number("stale", "STALE");
    for (NodeView node : overview.nodes()) {
      long up = node.atMillis() - node.startedMillis();
      table.row(
          Cell.of(node.id()),
          Cell.of(node.host()),
          Cell.number(Long.toString(node.process()), node.process()),
          state(node.state()),
          Cell.bad(node.waiting()),
          Cell.number(
              Figures.bytes(node.heapUsed()) + " of " + Figures.bytes(node.heapMax()),
              node.heapUsed()),
          Cell.number(Figures.millis(up), up),
          Cell.count(node.sampled()),
          Cell.bad(node.stale()));
    }
    return table;
  }

  private static Cell state(NodeView.State state) {
    return switch (state) {
      case IN_SYNC -> new Cell("in sync", state, Style.GOOD);
      case UNSURE -> new Cell("unsure", state, Style.WARNING);
      case BEHIND -> new Cell("behind", state, Style.BAD);
    };
  }

  private static Table tiers(Overview overview) {
    Table table = new Table()
        .text("node", "NODE")
        .text("tier", "TIER")
        .text("store", "STORE")
        .text("circuit", "CIRCUIT")
        .text("log", "LOG")
        .number("calls", "CALLS")
        .number("failures", "FAILURES")
        .text("lastFailedAgo", "OF WHICH");
    for (NodeView node : overview.nodes()) {
      for (TierStats tier : node.tiers()) {
        table.row(
            Cell.of(node.id()),
            Cell.of(tier.tier().name()),
            Cell.of(tier.store()),
            Cell.of(
                tier.circuit() + (tier.isDegraded() ? ", skipped" : ""),
                tier.isDegraded() ? Style.BAD : Style.GOOD),
            Cell.of(
                (tier.isConfirmed() ? "proved " : "not proved for ")
                    + Figures.millis(tier.confirmedAgo().toMillis())
                    + (tier.isConfirmed() ? " ago" : ""),
                tier.isConfirmed() ? Style.PLAIN : Style.WARNING),
            Cell.count(tier.calls()),
            Cell.count(tier.failures()),
            Cell.of(kinds(tier)));
      }
    }
    return table;
  }

  /** {@code 24 timed out, 3 skipped, last 2 min ago}; empty if nothing failed. */
  private static String kinds(TierStats tier) {
    Duration last = tier.lastFailedAgo();
    if (last == null) {
      return "";
    }
    return kind(tier.timeouts(), "timed out")
        + kind(tier.skipped(), "skipped")
        + kind(
            Math.max(0, tier.failures() - tier.timeouts() - tier.skipped()), "refused or cut off")
        + "last " + Figures.millis(last.toMillis()) + " ago";
  }

  private static String kind(long count, String words) {
    return count == 0 ? "" : Figures.count(count) + " " + words + ", ";
  }
}
