package dev.larder.cli.look;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.Explanation;
import dev.larder.manage.StoredValue;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder get}: the stored value of a key, or its copies. */
@Command(
    name = "get",
    header = "Prints the stored value of a key.",
    description = {
      "",
      "Reads the shared tiers and loads nothing. Ends with 3 if no tier has the key. Values may be"
          + " private: an application shows them to a token that may see values only."
    })
public final class GetCommand extends OperatorCommand {

  @Parameters(paramLabel = "KEY", description = "The full key, as larder keys prints it.")
  private String key = "";

  @Option(names = "--tiers", description = "Shows the copy on each tier and node instead.")
  private boolean hasTiers;

  @Option(names = "--value", description = "With --tiers: the value too.")
  private boolean hasValue;

  /** For picocli. */
  public GetCommand() {}

  @Override
  protected ExitCode run(Session session) {
    if (hasTiers) {
      Explanation explanation = session.management().explain(key);
      session.printer().print(copies(explanation));
      boolean isThere =
          explanation.copies().stream().anyMatch(it -> it.state() != Explanation.State.ABSENT);
      if (!hasValue || !isThere) {
        return isThere ? ExitCode.OK : ExitCode.MISSING;
      }
    }
    StoredValue value = session
        .management()
        .value(key)
        .orElseThrow(() -> missing(session.management().explain(key)));
    Table table = new Table()
        .text("tier", "TIER")
        .text("form", "FORM")
        .text("isAbsence", "ABSENCE")
        .text("text", "VALUE")
        .row(
            Cell.of(value.tier()),
            Cell.of(value.form()),
            Cell.of(Boolean.toString(value.isAbsence())),
            Cell.of(value.text()));
    Answer answer = Answer.of("value", value, table);
    if (value.isAbsence()) {
      session.say("It is remembered on " + value.tier() + " that there is no value.");
      session.printer().print(answer.shownAs(List.of()));
    } else {
      // Its own line breaks are the value's; all else that is not visible is escaped.
      session.printer().print(answer.shownAs(value.text().lines().map(Line::of).toList()));
    }
    return ExitCode.OK;
  }

  /** A tier that does not answer may have it. */
  private Fault missing(Explanation explanation) {
    List<String> silent = explanation.copies().stream()
        .filter(it -> it.state() == Explanation.State.UNREACHABLE)
        .map(it -> it.tier() + " (" + it.store() + ")")
        .toList();
    String near = explanation.copies().stream()
        .filter(it -> !it.node().isEmpty() && it.state() != Explanation.State.ABSENT)
        .findFirst()
        .map(it -> "L1 of " + it.node() + " has it, larder get --tiers shows how; ")
        .orElse("");
    String next = near + "larder explain tells what is known, larder keys --contains finds keys";
    return silent.isEmpty()
        ? new Fault(
            ExitCode.MISSING,
            "no shared tier has " + key,
            "it was never stored, ran out, or was invalidated",
            next)
        : new Fault(
            ExitCode.UNREACHABLE,
            "no shared tier that answers has " + key,
            String.join(" and ", silent) + (silent.size() == 1 ? " does" : " do") + " not answer",
            next);
  }

  static Answer copies(Explanation explanation) {
    Table table = new Table()
        .text("tier", "TIER")
        .text("node", "NODE")
        .text("store", "STORE")
        .text("state", "STATE")
        .text("asOf", "AS OF")
        .number("ageMillis", "AGE")
        .number("freshMillis", "FRESH FOR")
        .number("bytes", "STORED")
        .number("rawBytes", "UNPACKED");
    for (Explanation.Copy it : explanation.copies()) {
      table.row(
          Cell.of(it.tier()),
          Cell.of(it.node()),
          Cell.of(it.store()),
          new Cell(Words.of(it.state()), it.state(), style(it.state())),
          Cell.of(it.asOf()),
          Cell.number(Words.time(it.ageMillis()), it.ageMillis()),
          Cell.number(Words.left(it.freshMillis()), it.freshMillis()),
          Cell.number(Words.size(it.bytes()), it.bytes()),
          Cell.number(Words.size(it.rawBytes()), it.rawBytes()));
    }
    return Answer.of("copies", explanation.copies(), table);
  }

  private static Style style(Explanation.State state) {
    return switch (state) {
      case FRESH -> Style.GOOD;
      case INVALID, UNPROVED, UNREADABLE, UNREACHABLE -> Style.BAD;
      case STALE, LOADING, ABSENCE -> Style.WARNING;
      case ABSENT -> Style.FAINT;
    };
  }
}
