package dev.larder.cli.follow;

import dev.larder.cli.base.Session;
import dev.larder.cli.output.VisibleText;
import dev.larder.cli.screen.Screen;
import dev.larder.manage.ManagementException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code top} on a terminal. */
final class TopScreen {

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int HEAD_LINES = 4;

  private final Session session;
  private final TopView view;

  TopScreen(Session session, TopView view) {
    this.session = session;
    this.view = view;
  }

  /** Shows until q. */
  void run() {
    try (Screen screen = Screen.open()) {
      int key = Screen.NONE;
      while (key != 'q') {
        view.press(key);
        screen.paint(lines(screen.height()));
        key = screen.key(EVERY);
      }
    }
  }

  private List<String> lines(int height) {
    List<String> rows;
    try {
      rows = view.answer(session.management(), Math.max(1, height - HEAD_LINES))
          .lines(session.printer().isColoured());
    } catch (ManagementException failure) {
      // It may be back the next time: whoever watches wants to see that.
      rows = List.of("! " + VisibleText.of(String.valueOf(failure.getMessage())));
    }
    List<String> lines = new ArrayList<>();
    lines.add("larder top: " + VisibleText.of(view.title()));
    lines.add("s sort  n cache  k keys  l loads  q quit");
    lines.addAll(rows);
    return lines;
  }
}
