package dev.larder.showcase.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far a long piece of work is: a bar that is drawn over itself on a terminal, a line every
 * few seconds elsewhere. Safe for use by many threads.
 */
final class ProgressLine {
  private static final int WIDTH = 30;
  private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private String stage = "";
  private long shownNanos;
  private boolean open;

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    shownNanos = System.nanoTime();
  }

  /**
   * Some of a stage is done.
   *
   * @param total at least 1
   */
  synchronized void at(String stage, long done, long total) {
    long now = System.nanoTime();
    boolean begins = !stage.equals(this.stage);
    boolean ends = done >= total;
    long pause = terminal ? REDRAW_NANOS : EVERY_NANOS;
    if (begins && open) {
      end();
    }
    this.stage = stage;
    if (!(terminal && (begins || ends)) && now - shownNanos < pause) {
      return;
    }
    shownNanos = now;
    int percent = (int) (100 * done / Math.max(1, total));
    if (terminal) {
      int filled = (int) (WIDTH * done / Math.max(1, total));
      out.printf(
          Locale.ROOT,
          "\r  %-12s [%s%s] %3d %%  %,d of %,d\u001b[K",
          stage,
          "#".repeat(filled),
          ".".repeat(WIDTH - filled),
          percent,
          done,
          total);
      open = true;
      if (ends) {
        end();
      }
    } else {
      out.printf(Locale.ROOT, "  %s: %d %%, %,d of %,d%n", stage, percent, done, total);
    }
    out.flush();
  }

  /** Says something on a line of its own. */
  synchronized void note(String text) {
    end();
    out.println(text);
    out.flush();
  }

  /** Ends a line that is being drawn. */
  synchronized void end() {
    if (open) {
      out.println();
      out.flush();
      open = false;
    }
  }
}
