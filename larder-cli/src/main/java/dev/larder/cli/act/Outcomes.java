package dev.larder.cli.act;

import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Table;
import dev.larder.manage.Outcome;
import java.util.List;

/** What became of orders, as answers. */
final class Outcomes {

  private Outcomes() {}

  static Answer answer(Outcome outcome) {
    Table table = new Table()
        .text("done", "DONE")
        .text("position", "POSITION")
        .text("isDeferred", "DEFERRED")
        .row(
            Cell.of(outcome.done()),
            Cell.of(outcome.position()),
            Cell.of(Boolean.toString(outcome.isDeferred())));
    String place = outcome.position().isEmpty() ? "" : ", position " + outcome.position();
    return Answer.of("outcome", outcome, table)
        .shownAs(
            List.of(Line.of(outcome.done() + place + (outcome.isDeferred() ? ", deferred" : ""))));
  }
}
