package dev.larder.cli.follow;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.exit.Nearest;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Obstacles;
import dev.larder.manage.Outcome;
import dev.larder.manage.WarmUp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder warm}: lists warm-ups, or runs one and shows how far it is. */
@Command(
    name = "warm",
    header = "Lists warm-ups, or runs one and shows its progress.",
    description = {
      "",
      "A warm-up runs in the application. Ctrl-C ends the watching, not the warm-up. Ends with 1 if"
          + " keys failed; --rerun-failed loads those again.",
      "",
      "--limit, --rate and --concurrency are of this run alone. They go as high as what the plan"
          + " declares and no higher, since that is what its source can bear."
    })
public final class WarmCommand extends OperatorCommand {

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The warm-up. Default: lists all.")
  private @Nullable String name;

  @ArgGroup(exclusive = true)
  private Order order = new Order();

  @Mixin
  private WarmLimits limits = new WarmLimits();

  @Option(names = "--no-wait", description = "Starts it and does not watch.")
  private boolean isLeft;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Shows what it would do, and changes nothing.")
  private boolean isDry;

  /** What to do; at most one. */
  static final class Order {

    @Option(names = "--pause", description = "Holds it after the loads under way.")
    private boolean isPause;

    @Option(names = "--resume", description = "Lets it go on.")
    private boolean isResume;

    @Option(names = "--cancel", description = "Ends it after the loads under way.")
    private boolean isCancel;

    @Option(names = "--rerun-failed", description = "Loads again what failed in the last run.")
    private boolean isRerun;

    WarmUp.Action action() {
      return isPause
          ? WarmUp.Action.PAUSE
          : isResume
              ? WarmUp.Action.RESUME
              : isCancel
                  ? WarmUp.Action.CANCEL
                  : isRerun ? WarmUp.Action.RERUN_FAILED : WarmUp.Action.START;
    }
  }

  /** For picocli. */
  public WarmCommand() {}

  @Override
  protected void check() {
    if (name == null && order.action() != WarmUp.Action.START) {
      throw Fault.usage(
          "--" + order.action().name().toLowerCase(Locale.ROOT).replace('_', '-')
              + " needs the NAME of a warm-up",
          "larder warm lists them");
    }
    if (name == null && limits.isGiven()) {
      throw Fault.usage(limits.given() + " needs the NAME of a warm-up", "larder warm lists them");
    }
    limits.check(order.action());
  }

  @Override
  protected ExitCode run(Session session) {
    List<WarmUp> all = session.management().warmUps();
    String wanted = name;
    if (wanted == null) {
      session.printer().print(answer(all));
      if (all.isEmpty()) {
        session.say("No node has declared a warm-up.");
      }
      return ExitCode.OK;
    }
    WarmUp before = find(all, wanted);
    WarmUp.Action action = order.action();
    limits.requireFit(before);
    if (isDry) {
      session.printer().print(answer(List.of(before)));
      String obstacle = obstacle(session, before, action);
      if (!obstacle.isEmpty()) {
        session.say("It cannot run now: " + obstacle + ". Nothing was changed.");
        return ExitCode.UNREACHABLE;
      }
      session.say("Would " + action.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + wanted
          + ". " + effect(before, action) + " Nothing was changed.");
      return ExitCode.OK;
    }
    Outcome outcome;
    try {
      outcome = session.management().warm(wanted, action, limits.limits(), session.who());
    } catch (ManagementException refused) {
      String obstacle = obstacle(session, before, action);
      if (obstacle.isEmpty()) {
        throw refused;
      }
      // As its dry run ends.
      throw new Fault(
          ExitCode.UNREACHABLE,
          "the warm-up was not started: " + obstacle,
          String.valueOf(refused.getMessage()),
          "larder status says when it answers again");
    }
    session.say(outcome.done());
    boolean hasNoEnd =
        before.guesses() || action == WarmUp.Action.PAUSE || action == WarmUp.Action.CANCEL;
    if (isLeft || hasNoEnd) {
      return ExitCode.OK;
    }
    WarmUp after = new WarmProgress(session, wanted).follow(before);
    session.printer().print(answer(List.of(after)));
    return end(session, after);
  }

  /** Why no node could begin a run now; empty if one could, or if the order begins none. */
  private String obstacle(Session session, WarmUp plan, WarmUp.Action action) {
    boolean isRun = !plan.asks(action, limits.limits()).isEmpty();
    return isRun ? Obstacles.toWarm(session.management().overview()) : "";
  }

  private String effect(WarmUp plan, WarmUp.Action action) {
    return switch (action) {
      case PAUSE -> "It holds after the loads under way.";
      case CANCEL -> "It ends after the loads under way.";
      default -> String.join(" ", plan.asks(action, limits.limits()));
    };
  }

  private static ExitCode end(Session session, WarmUp after) {
    if (after.state() == WarmUp.State.PAUSED) {
      session.say("It was paused; larder warm " + after.name() + " --resume lets it go on.");
      return ExitCode.OK;
    }
    if (after.failed() > 0) {
      after.failures().forEach(it -> session.say("  failed: " + it));
      session.say("larder warm " + after.name() + " --rerun-failed loads these again.");
    }
    return after.state() == WarmUp.State.DONE && after.failed() == 0
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private static WarmUp find(List<WarmUp> all, String name) {
    List<String> names = all.stream().map(WarmUp::name).toList();
    return all.stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Fault(
            ExitCode.MISSING,
            "there is no warm-up '" + name + "'",
            names.isEmpty()
                ? "no node that runs has declared one"
                : "the warm-ups are " + String.join(", ", names),
            Nearest.to(name, names).map(it -> "did you mean " + it + "?").orElse("")));
  }

  static Answer answer(List<WarmUp> all) {
    Table table = new Table()
        .text("name", "NAME")
        .text("schedule", "SCHEDULE")
        .text("state", "STATE")
        .text("node", "NODE")
        .number("done", "DONE")
        .number("total", "OF")
        .number("found", "FOUND")
        .number("failed", "FAILED")
        .number("perSecond", "RATE")
        .text("declared", "AT MOST")
        .text("startedMillis", "STARTED");
    long now = System.currentTimeMillis();
    for (WarmUp it : all) {
      table.row(
          Cell.of(it.name()),
          Cell.of(it.schedule().isEmpty() ? "when asked" : it.schedule()),
          new Cell(
              it.state().name().toLowerCase(Locale.ROOT),
              it.state(),
              it.state() == WarmUp.State.FAILED ? Style.BAD : Style.PLAIN),
          Cell.of(it.node()),
          Cell.count(it.done()),
          Cell.number(it.total() < 0 ? "?" : Figures.count(it.total()), it.total()),
          Cell.count(it.found()),
          Cell.bad(it.failed()),
          Cell.number(Figures.rate(it.perSecond()), it.perSecond()),
          new Cell(atMost(it.declared()), it.declared(), Style.FAINT),
          new Cell(
              it.startedMillis() == 0 ? "never" : Figures.time(it.startedMillis(), now),
              it.startedMillis(),
              Style.PLAIN));
    }
    return Answer.of("warmUps", all, table);
  }

  private static String atMost(WarmUp.Limits declared) {
    String shown = declared.shown();
    return shown.isEmpty() ? "?" : shown;
  }
}
