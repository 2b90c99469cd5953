package dev.larder.cli.check;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Block;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.Verification;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code larder verify}: looks for stale copies. */
@Command(
    name = "verify",
    header = "Asks every tier and node again for what was invalidated and hit lately.",
    description = {
      "",
      "Ends with 5 if a copy is served, or would be, though an invalidation covers it, or though a"
          + " compared hit has shown that the source has another value; with 4 if all that answered is"
          + " well but some did not answer."
    })
public final class VerifyCommand extends OperatorCommand {

  private static final int MOST = 100_000;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many to ask for. Default: 1000.")
  private int sample = 1_000;

  /** For picocli. */
  public VerifyCommand() {}

  @Override
  protected void check() {
    if (sample < 1 || sample > MOST) {
      throw Fault.usage("--sample is " + sample + ", must be 1 to " + MOST, "");
    }
  }

  @Override
  protected ExitCode run(Session session) {
    Verification found = session.management().verify(sample);
    session.printer().print(answer(found));
    if (found.stale() > 0) {
      return ExitCode.CHECK_FAILED;
    }
    if (found.unreachable() > 0) {
      session.say(
          Figures.counted(found.unreachable(), "copy, tier or node", "copies, tiers or nodes")
              + " could not be asked; larder status shows which is silent.");
      return ExitCode.UNREACHABLE;
    }
    return ExitCode.OK;
  }

  private static String when(FreshnessCount.Check check) {
    return switch (check) {
      case AFTER_1S -> "1 to 10 s after an invalidation";
      case AFTER_10S -> "10 to 60 s after it";
      case AFTER_60S -> "a minute or more after it";
      case HIT -> "hits compared with the source";
    };
  }

  private static Answer answer(Verification found) {
    Table table = new Table()
        .text("slot", "KEY")
        .text("where", "WHERE")
        .text("asOf", "AS OF")
        .text("ended", "INVALIDATED AT")
        .number("delayMillis", "SINCE");
    found
        .findings()
        .forEach(it -> table.row(
            Cell.of(it.slot()),
            Cell.of(it.where(), Style.BAD),
            Cell.of(it.asOf()),
            Cell.of(it.ended()),
            Cell.number(Figures.millis(it.delayMillis()), it.delayMillis())));
    List<Block> blocks = new ArrayList<>();
    blocks.add(Line.of(
        Figures.count(found.stale()) + " stale of "
            + Figures.counted(found.sampled(), "copy", "copies") + " of what the newest "
            + Figures.counted(found.changes(), "change", "changes") + " cover: entries in L1 of all"
            + " nodes, and " + Figures.counted(found.keys(), "key", "keys") + " in shared tiers",
        found.stale() == 0 ? Style.GOOD : Style.BAD));
    blocks.add(Line.of("Since the nodes started, in all:"));
    for (FreshnessCount count : found.sinceStart()) {
      blocks.add(Line.of(
          "  " + when(count.check()) + ": " + Figures.count(count.stale()) + " stale of "
              + Figures.counted(count.sampled(), "copy", "copies"),
          count.stale() == 0 ? Style.PLAIN : Style.BAD));
    }
    if (!found.findings().isEmpty()) {
      blocks.add(table);
    }
    return Answer.of("verification", found, table).shownAs(blocks);
  }
}
