package dev.larder.cli.act;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.manage.Overview;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code larder switch}: turns caching on, off, or on for a share of the keys. */
@Command(
    name = "switch",
    header = "Turns caching on or off, or on for a share of the keys, on all nodes.",
    description = {
      "",
      "Nodes that start later do the same. Invalidations go on meanwhile. Turning down sends reads to"
          + " the source, so it asks; turning fully on does not.",
      "",
      "  larder switch album off",
      "  larder switch album 25%%",
      "  larder switch on"
    })
public final class SwitchCommand extends OperatorCommand {

  private static final int ALL_KEYS = 100;

  @Parameters(
      paramLabel = "[CACHE] on|off|PERCENT",
      arity = "1..2",
      hideParamSyntax = true,
      description = "One cache, or all where none is named; and what it is to be.")
  private List<String> words = List.of();

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public SwitchCommand() {}

  @Override
  protected void check() {
    int unused = percent();
  }

  private String cache() {
    return words.size() == 2 ? words.get(0) : "";
  }

  private int percent() {
    String word = words.get(words.size() - 1).toLowerCase(Locale.ROOT);
    if (word.equals("on") || word.equals("off")) {
      return word.equals("on") ? ALL_KEYS : 0;
    }
    String number = word.endsWith("%") ? word.substring(0, word.length() - 1).strip() : word;
    if (!number.matches("\\d{1,3}") || Integer.parseInt(number) > ALL_KEYS) {
      throw Fault.usage(
          "the switch is " + word + ", must be on, off or a percentage of 0 to 100",
          "for example: larder switch album off");
    }
    return Integer.parseInt(number);
  }

  @Override
  protected ExitCode run(Session session) {
    String cache = cache();
    int percent = percent();
    Overview overview = session.management().overview();
    if (!cache.isEmpty()) {
      KnownCaches.require(overview, cache);
    }
    String what = (cache.isEmpty() ? "all caches" : "cache " + cache) + " from "
        + overview.switches().getOrDefault(cache, ALL_KEYS) + " % to " + percent + " %";
    SwitchEffect effect = new SwitchEffect(overview, cache, percent);
    if (action.isDry()) {
      session.say(
          "Would turn " + what + ". " + String.join(" ", effect.says()) + " Nothing was changed.");
      return ExitCode.OK;
    }
    if (percent < ALL_KEYS) {
      action.askYes(
          session, "Turn " + what + ": the source gets the reads of the rest" + effect.more());
    }
    session
        .printer()
        .print(Outcomes.answer(session.management().turn(cache, percent, session.who())));
    return ExitCode.OK;
  }
}
