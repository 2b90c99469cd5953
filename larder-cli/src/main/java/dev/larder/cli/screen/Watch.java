package dev.larder.cli.screen;

import dev.larder.cli.base.Session;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.VisibleText;
import dev.larder.manage.ManagementException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks once, or again and again: repainted in place on a terminal, one after another elsewhere. */
public final class Watch {

  private Watch() {}

  /** Looks until it is to end. */
  public static void run(Session session, WatchOptions options, Supplier<Answer> look) {
    if (!options.isOn()) {
      session.printer().print(look.get());
    } else if (session.surroundings().isTerminal() && session.printer().isForPeople()) {
      repaint(session, options, look);
    } else {
      append(session, options, look);
    }
  }

  private static void repaint(Session session, WatchOptions options, Supplier<Answer> look) {
    try (Screen screen = Screen.open()) {
      for (int i = 0; i < options.times(); i++) {
        screen.paint(lines(session, options, look));
        if (screen.key(options.every()) == 'q') {
          return;
        }
      }
    }
  }

  private static List<String> lines(Session session, WatchOptions options, Supplier<Answer> look) {
    List<String> lines = new ArrayList<>();
    lines.add(session.command() + "  every " + options.every().toSeconds() + " s  q quits");
    lines.add("");
    try {
      lines.addAll(look.get().lines(session.printer().isColoured()));
    } catch (ManagementException failure) {
      // It may be back the next time: whoever watches wants to see that.
      lines.add("! " + VisibleText.of(String.valueOf(failure.getMessage())));
    }
    return lines;
  }

  private static void append(Session session, WatchOptions options, Supplier<Answer> look) {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < options.times(); i++) {
      session.printer().print(look.get());
      if (i + 1 == options.times() || session.printer().isBroken()) {
        return;
      }
      try {
        never.await(options.every().toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
