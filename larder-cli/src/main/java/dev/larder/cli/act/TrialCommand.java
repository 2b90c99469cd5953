package dev.larder.cli.act;

import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.KnownCaches;
import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.base.Times;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Figures;
import dev.larder.manage.Trial;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder trial}: tries other ttls on a share of a cache's keys, and says what comes of it. */
@Command(
    name = "trial",
    header = "Tries other ttls on a share of a cache's keys, or shows what comes of it.",
    description = {
      "",
      "Without --ttl and --end it shows the trials that run, and the last ended one of other caches.",
      "",
      "A key is of the same arm on all nodes; the rest keeps the policy's ttl. Nothing is counted"
          + " until entries made before the trial are over. A trial ends by itself.",
      "",
      "  larder trial feed --ttl 1m,10m --share 20 --for 2h",
      "  larder trial feed",
      "  larder trial feed --end"
    })
public final class TrialCommand extends OperatorCommand {

  @Parameters(paramLabel = "CACHE", arity = "0..1", description = "One cache. Default: all.")
  private @Nullable String cache;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      split = ",",
      description = "Starts a trial of these ttls, up to four with commas between, such as 1m,10m.")
  private List<String> ttls = List.of();

  @Option(
      names = "--share",
      paramLabel = "PERCENT",
      description = "Share of the keys that each ttl gets. Default: 10. With more, a difference is"
          + " seen sooner.")
  private @Nullable Integer share;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "After this the trial ends by itself. Default: 1h, or four times the longest"
          + " ttl where that is more.")
  private @Nullable String length;

  @Option(names = "--end", description = "Ends the trial; its result stays.")
  private boolean isEnd;

  @Mixin
  private ActionOptions action = new ActionOptions();

  /** For picocli. */
  public TrialCommand() {}

  @Override
  protected void check() {
    if (cache == null && (isEnd || !ttls.isEmpty())) {
      throw Fault.usage("a trial needs a cache", "for example larder trial feed --ttl 1m");
    }
    if (isEnd && !ttls.isEmpty()) {
      throw Fault.usage("--ttl starts a trial and --end ends it; give one of them", "");
    }
    if (ttls.isEmpty() && (share != null || length != null)) {
      throw Fault.usage(
          "--share and --for are of a trial that begins", "name its ttls, as in --ttl 1m,10m");
    }
    TrialPlan unused = plan("");
  }

  private TrialPlan plan(String name) {
    List<Long> millis =
        ttls.stream().map(ttl -> Times.parse("--ttl", ttl).toMillis()).toList();
    String until = length;
    return new TrialPlan(
        name,
        millis,
        share == null ? TrialPlan.USUAL_SHARE : share,
        until == null ? 0 : Times.parse("--for", until).toMillis());
  }

  @Override
  protected ExitCode run(Session session) {
    String wanted = cache;
    if (wanted != null) {
      KnownCaches.require(session.management().overview(), wanted);
    }
    Trials trials = session.management().trials();
    if (wanted != null && isEnd) {
      return end(session, trials, wanted);
    }
    if (wanted != null && !ttls.isEmpty()) {
      return start(session, trials, plan(wanted));
    }
    return show(session, trials, wanted);
  }

  private static ExitCode show(Session session, Trials trials, @Nullable String wanted) {
    List<Trial> all = trials.all().stream()
        .filter(it -> wanted == null || it.cache().equals(wanted))
        .toList();
    session.printer().print(TrialTables.answer(all));
    if (all.isEmpty()) {
      session.say(
          "No trial runs, and none has ended lately; larder trial CACHE --ttl TIME starts one.");
    }
    return ExitCode.OK;
  }

  private ExitCode start(Session session, Trials trials, TrialPlan plan) {
    Trial proposed = trials.preview(plan);
    long now = proposed.startedMillis();
    String ttlsOfKeys = Stream.concat(
            proposed.arms().stream().skip(1), proposed.arms().stream().limit(1))
        .map(arm -> Figures.millis(arm.ttlMillis()) + " for " + arm.share() + " %")
        .collect(Collectors.joining(", "));
    String what = plan.cache() + " on all nodes: ttl " + ttlsOfKeys + " of its keys, for "
        + Figures.millis(proposed.untilMillis() - now) + "; it counts after "
        + Figures.millis(proposed.countsFromMillis() - now);
    proposed.notes().forEach(session::say);
    if (action.isDry()) {
      session.say("Would start a trial of " + what + ". Nothing was changed.");
      return ExitCode.OK;
    }
    action.askYes(session, "Start a trial of " + what);
    session.printer().print(Outcomes.answer(trials.start(plan, session.who())));
    return ExitCode.OK;
  }

  private ExitCode end(Session session, Trials trials, String wanted) {
    if (action.isDry()) {
      session.say("Would end the trial of " + wanted + ". Nothing was changed.");
      return ExitCode.OK;
    }
    session.printer().print(Outcomes.answer(trials.end(wanted, session.who())));
    return ExitCode.OK;
  }
}
