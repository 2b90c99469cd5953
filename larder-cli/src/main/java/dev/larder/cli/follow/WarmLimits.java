package dev.larder.cli.follow;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmPlanBuilder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that let one run of a warm-up ask less of the source than its plan declares. */
final class WarmLimits {

  private static final Pattern RATE = Pattern.compile("(\\d{1,9})(?:/s)?");
  private static final int MOST_CONCURRENT = 64;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      description = "The first N keys of the plan, 1 or more. Default: all.")
  private @Nullable Long most;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      description = "Most keys asked of the source in any second, such as 200/s."
          + " Default: what the plan declares.")
  private @Nullable String rate;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Most loads at a time, 1 to 64. Default: what the plan declares.")
  private @Nullable Integer concurrency;

  /** For picocli. */
  WarmLimits() {}

  boolean isGiven() {
    return !given().isEmpty();
  }

  /** The first of the options that are given; empty if none is. */
  String given() {
    return most != null
        ? "--limit"
        : rate != null ? "--rate" : concurrency != null ? "--concurrency" : "";
  }

  /** Refuses what no run can have. */
  void check(WarmUp.Action action) {
    if (most != null && most < 1) {
      throw Fault.usage("--limit is " + most + ", must be 1 or more", "");
    }
    if (concurrency != null && (concurrency < 1 || concurrency > MOST_CONCURRENT)) {
      throw Fault.usage(
          "--concurrency is " + concurrency + ", must be 1 to " + MOST_CONCURRENT, "");
    }
    int unused = perSecond();
    if (isGiven() && (action == WarmUp.Action.PAUSE || action == WarmUp.Action.CANCEL)) {
      throw Fault.usage(
          given() + " is of a run, and --" + action.toString().toLowerCase(Locale.ROOT)
              + " runs nothing",
          "");
    }
    if (most != null && action == WarmUp.Action.RESUME) {
      throw Fault.usage(
          "--limit cannot be set for a run that goes on",
          "give it when the run begins; --rate and --concurrency go with --resume");
    }
  }

  private int perSecond() {
    if (rate == null) {
      return 0;
    }
    Matcher matcher = RATE.matcher(rate.strip());
    int asked = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (asked < 1 || asked > WarmPlanBuilder.MOST_PER_SECOND) {
      throw Fault.usage(
          "--rate is " + rate + ", must be 1/s to " + WarmPlanBuilder.MOST_PER_SECOND + "/s", "");
    }
    return asked;
  }

  /** As the management wants them. */
  WarmUp.Limits limits() {
    return new WarmUp.Limits(
        most == null ? 0 : most, perSecond(), concurrency == null ? 0 : concurrency);
  }

  /** Refuses what is above the plan's, before anything is ordered. */
  void requireFit(WarmUp plan) {
    if (!isGiven()) {
      return;
    }
    if (plan.declared().perSecond() == 0) {
      throw new Fault(
          ExitCode.FAILED,
          "the application does not take " + given(),
          "its Larder is of an older version, which runs warm-ups as they are declared",
          "leave it out");
    }
    List<String> faults = limits().faults(plan.declared());
    if (!faults.isEmpty()) {
      throw Fault.usage(
          "that is more than warm-up " + plan.name() + " may ask of its source: "
              + String.join("; ", faults),
          "larder warm lists what each plan declares");
    }
  }
}
