package dev.larder.cli.check;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Table;
import dev.larder.manage.Advice;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Overview;
import dev.larder.manage.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder advise}: what could be better, and settings that make it so. */
@Command(
    name = "advise",
    header = "Says what could be better, most useful first.",
    description = {
      "",
      "With --simulate every node replays the traffic of one cache that it has sampled with another ttl,"
          + " another size of L1, or both, and nothing is changed.",
      "",
      "With --apply-to the settings that advice gives are added to a configuration of Spring Boot:"
          + " .properties, or .yaml as a document of its own at the end. It shows them and asks. Together"
          + " with --simulate it adds what was simulated."
    })
public final class AdviseCommand extends OperatorCommand {

  @Parameters(paramLabel = "CACHE", arity = "0..1", description = "One cache. Default: all.")
  private @Nullable String cache;

  @Option(
      names = "--simulate",
      paramLabel = "SETTINGS",
      description =
          "ttl=TIME, size=ENTRIES or both with a comma between, such as ttl=1m,size=5000.")
  private @Nullable String simulated;

  @Option(
      names = "--apply-to",
      paramLabel = "FILE",
      description = "Adds the settings to this file, .properties, .yaml or .yml.")
  private @Nullable Path file;

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public AdviseCommand() {}

  @Override
  protected void check() {
    if (file != null) {
      ConfigurationText.requireKind(file);
    }
    if (simulated != null) {
      if (cache == null) {
        throw Fault.usage(
            "--simulate needs a cache", "for example larder advise feed --simulate ttl=1m");
      }
      var unused = Simulated.parse(simulated);
    }
  }

  @Override
  protected ExitCode run(Session session) {
    String wanted = cache;
    if (wanted != null) {
      KnownCaches.require(session.management().overview(), wanted);
    }
    if (simulated != null && wanted != null) {
      return simulate(session, wanted, Simulated.parse(simulated));
    }
    AdviceReport report = session.management().adviceReport().of(wanted == null ? "" : wanted);
    List<Advice> all = report.advice();
    Overview overview = session.management().overview();
    if (!all.isEmpty()) {
      Advice.caution(overview).ifPresent(it -> session.say("Wait: " + it + "."));
    }
    session.printer().print(answer(all));
    if (all.isEmpty()) {
      session.say(
          overview.nodes().isEmpty()
              ? "Nothing to advise: no node runs, and only nodes know what was looked up."
              : report.whyNone());
    } else {
      sayWhoIsSilent(session, report.silent());
    }
    Path to = file;
    return to == null ? ExitCode.OK : apply(session, to, ConfigurationText.of(to, all));
  }

  private ExitCode simulate(Session session, String name, Simulated wanted) {
    Simulation found = session.management().simulate(name, wanted.ttl(), wanted.l1MaxEntries());
    session.printer().print(wanted.answer(found));
    if (found.sampledReads() == 0) {
      session.say("No read of " + name + " has been sampled yet.");
    }
    sayWhoIsSilent(session, found.silent());
    Path to = file;
    return to == null
        ? ExitCode.OK
        : apply(session, to, ConfigurationText.of(to, Map.of(name, wanted.settings())));
  }

  private static void sayWhoIsSilent(Session session, List<String> nodes) {
    nodes.forEach(node -> session.say("Node " + node + " gave no answer, so it is left out."));
  }

  private ExitCode apply(Session session, Path to, ConfigurationText text) {
    if (text.isEmpty()) {
      session.say("No advice has settings; " + to + " is left as it is.");
      return ExitCode.OK;
    }
    session.say("To " + to + ":");
    text.added().lines().forEach(it -> session.say("  + " + it));
    if (action.isDry()) {
      session.say("Nothing was changed.");
      return ExitCode.OK;
    }
    action.askYes(session, "Add this to " + to);
    text.write();
    session.say(to + " was changed; the application reads it when it starts.");
    return ExitCode.OK;
  }

  private static Answer answer(List<Advice> all) {
    Table table = new Table()
        .text("cache", "CACHE")
        .text("kind", "KIND")
        .number("lookups", "RESTS ON")
        .text("settings", "SETTINGS")
        .text("sentence", "ADVICE");
    all.forEach(it -> table.row(
        Cell.of(it.cache()),
        Cell.of(it.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
        Cell.number(Figures.counted(it.lookups(), "lookup", "lookups"), it.lookups()),
        Cell.of(it.settings().entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .sorted()
            .collect(Collectors.joining(" "))),
        Cell.of(it.sentence())));
    return Answer.of("advice", all, table);
  }
}
