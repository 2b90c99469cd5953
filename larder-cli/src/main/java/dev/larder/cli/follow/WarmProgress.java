package dev.larder.cli.follow;

import dev.larder.cli.base.Session;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Figures;
import dev.larder.manage.WarmUp;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches a warm-up: a bar on a terminal, a line each ten seconds elsewhere. */
final class WarmProgress {

  private static final long LOOK_MILLIS = 250;
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long an order may take to show: nodes look for orders once a second. */
  private static final long BEGIN_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final int BAR = 30;

  private final Session session;
  private final String name;
  private final boolean isBar;
  private final CountDownLatch never = new CountDownLatch(1);

  WarmProgress(Session session, String name) {
    this.session = session;
    this.name = name;
    this.isBar = session.surroundings().isTerminal() && !session.isQuiet();
  }

  /**
   * The run when it has ended or was paused.
   *
   * @param before as it was before it was told to run
   */
  WarmUp follow(WarmUp before) {
    Thread hook = new Thread(this::interrupted, "warm-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return watch(before);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends already, and the hook speaks.
      }
    }
  }

  private WarmUp watch(WarmUp before) {
    long began = System.nanoTime();
    long told = began;
    while (true) {
      WarmUp now = session.management().warmUps().stream()
          .filter(it -> it.name().equals(name))
          .findFirst()
          .orElse(before);
      boolean hasBegun = !now.equals(before);
      if (hasBegun && now.state() != WarmUp.State.RUNNING) {
        endBar(now);
        return now;
      }
      long time = System.nanoTime();
      if (!hasBegun && now.state() != WarmUp.State.RUNNING && time - began > BEGIN_NANOS) {
        throw new Fault(
            ExitCode.FAILED,
            "the warm-up has not begun",
            "no node took the order within 15 s",
            "larder status shows which nodes run");
      }
      if (isBar) {
        session.err().print("\r" + bar(now) + "\u001b[K");
        session.err().flush();
      } else if (time - told >= LINE_NANOS) {
        told = time;
        session.say(words(now));
      }
      pause();
    }
  }

  private void pause() {
    try {
      never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(ExitCode.INTERRUPTED, "interrupted", "", "");
    }
  }

  private void endBar(WarmUp now) {
    if (isBar) {
      session.err().println("\r" + bar(now) + "\u001b[K");
    } else {
      session.say(words(now));
    }
    session.err().flush();
  }

  private void interrupted() {
    session.err().println();
    session.say("No longer watching; the warm-up goes on in the application. larder warm " + name
        + " --pause holds it, --resume lets it go on, --cancel ends it.");
  }

  /** {@code [#######-------]  45 %  450 of 1,000  120/s  2 failed  5 s left}. */
  static String bar(WarmUp it) {
    long gone = it.done() + it.failed();
    int full = it.total() <= 0 ? 0 : (int) Math.min(BAR, BAR * gone / it.total());
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]  " + words(it);
  }

  static String words(WarmUp it) {
    long gone = it.done() + it.failed();
    StringBuilder words = new StringBuilder();
    if (it.total() > 0) {
      words.append(String.format(Locale.ROOT, "%3d %%  ", 100 * gone / it.total()));
    }
    words
        .append(Figures.count(gone))
        .append(" of ")
        .append(it.total() < 0 ? "?" : Figures.count(it.total()))
        .append("  ")
        .append(Figures.rate(it.perSecond()))
        .append("  ")
        .append(Figures.count(it.failed()))
        .append(" failed");
    boolean isRunning = it.state() == WarmUp.State.RUNNING;
    if (isRunning && it.perSecond() > 0 && it.total() > gone) {
      long left = (long) ((it.total() - gone) / it.perSecond() * 1_000);
      words.append("  ").append(Figures.millis(Math.max(left, 1_000))).append(" left");
    }
    if (!isRunning && it.found() > 0) {
      words.append("  ").append(Figures.count(it.found())).append(" were there already");
    }
    if (!isRunning) {
      words.append("  ").append(it.state().name().toLowerCase(Locale.ROOT));
    }
    return words.toString();
  }
}
