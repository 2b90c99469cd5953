package dev.larder.cli.act;

import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Table;
import dev.larder.manage.Aim;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Outcome;
import dev.larder.manage.Preview;
import java.util.Locale;
import java.util.stream.Collectors;

/** Previews an invalidation, asks, and carries it out. */
final class Invalidation {

  private final Session session;
  private final Aim aim;

  Invalidation(Session session, Aim aim) {
    this.session = session;
    this.aim = aim;
  }

  /** Asks whoever is there. */
  @FunctionalInterface
  interface Asking {

    /** Returns if somebody agrees. */
    void ask(String question);
  }

  ExitCode run(boolean isDry, Asking asking) {
    if (isDry) {
      Preview preview = session.management().preview(aim);
      session.printer().print(answer(preview));
      preview.reasons().forEach(reason -> session.say("It may be more: " + reason + "."));
      if (aim.kind() == Aim.Kind.TAG && preview.entries() == 0) {
        session.say("No entry that could be counted has "
            + (aim.names().size() == 1 ? "this tag" : "one of these tags")
            + ". Which tags a key has, `larder explain KEY` tells.");
      }
      session.say("Nothing was changed.");
      return ExitCode.OK;
    }
    asking.ask("Invalidate " + described() + ": " + counted());
    Outcome outcome = session.management().invalidate(aim, session.who());
    session.printer().print(Outcomes.answer(outcome));
    if (outcome.isDeferred()) {
      session.say(
          "No log answers: it holds on the node that was asked, and on the others as soon as"
              + " a log takes it.");
    }
    return ExitCode.OK;
  }

  private String described() {
    String kind = aim.kind().name().toLowerCase(Locale.ROOT);
    return aim.kind() == Aim.Kind.ALL
        ? "every cache that is not protected"
        : kind + " " + String.join(", ", aim.names());
  }

  /** What it covers, in words; a store that does not answer is no reason not to invalidate. */
  private String counted() {
    try {
      Preview preview = session.management().preview(aim);
      return words(preview);
    } catch (ManagementException failure) {
      if (failure.reason() != ManagementException.Reason.UNREACHABLE) {
        throw failure;
      }
      return "entries cannot be counted, " + failure.getMessage();
    }
  }

  private static String words(Preview preview) {
    String count = (preview.isExact() ? "" : "at least ")
        + Figures.counted(preview.entries(), "stored entry", "stored entries");
    String caches = preview.perCache().isEmpty()
        ? ""
        : " ("
            + preview.perCache().stream()
                .map(it -> name(it.cache()) + " " + Figures.count(it.entries()))
                .collect(Collectors.joining(", "))
            + ")";
    String spared =
        preview.spared().isEmpty() ? "" : ", sparing " + String.join(", ", preview.spared());
    String reasons = preview.reasons().isEmpty() ? "" : "; " + String.join("; ", preview.reasons());
    return count + caches + spared + reasons;
  }

  private static String name(String cache) {
    return cache.isEmpty() ? "no known cache" : cache;
  }

  private static Answer answer(Preview preview) {
    Table table = new Table().text("cache", "CACHE").number("entries", "ENTRIES");
    preview
        .perCache()
        .forEach(it -> table.row(Cell.of(name(it.cache())), Cell.count(it.entries())));
    table.row(Cell.of(preview.isExact() ? "together" : "at least"), Cell.count(preview.entries()));
    preview.spared().forEach(it -> table.row(Cell.of(it + " (protected, spared)"), Cell.count(0)));
    return Answer.of("preview", preview, table);
  }
}
