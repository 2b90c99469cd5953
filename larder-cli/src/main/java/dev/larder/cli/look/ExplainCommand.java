package dev.larder.cli.look;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.follow.EventTable;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Block;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.manage.Explanation;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code larder explain}: why a key is as it is. */
@Command(
    name = "explain",
    header = "Tells in words why a key is fresh, stale or missing.",
    description = {
      "",
      "Asks all tiers and nodes: what each has, who loaded it, what invalidated it last, what would"
          + " drop it, and what happened to it lately."
    })
public final class ExplainCommand extends OperatorCommand {

  @Parameters(paramLabel = "KEY", description = "The full key, as larder keys prints it.")
  private String key = "";

  /** For picocli. */
  public ExplainCommand() {}

  @Override
  protected ExitCode run(Session session) {
    Explanation explanation = session.management().explain(key);
    long now = System.currentTimeMillis();
    List<Block> blocks = new ArrayList<>();
    String cache = explanation.cache();
    blocks.add(Line.of(explanation.slot(), Style.BOLD)
        .and(cache == null ? " (of no known cache)" : " of cache " + cache, Style.PLAIN));
    Sentences.of(explanation, now).forEach(it -> blocks.add(Line.of("  " + it)));
    if (!explanation.history().isEmpty()) {
      blocks.add(Line.of("What happened to it:"));
      explanation.history().forEach(it -> blocks.add(EventTable.line("  ", it, now)));
    }
    Answer copies = GetCommand.copies(explanation);
    session.printer().print(new Answer("explanation", explanation, copies.rows(), blocks));
    return ExitCode.OK;
  }
}
