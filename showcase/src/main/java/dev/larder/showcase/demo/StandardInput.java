package dev.larder.showcase.demo;

import java.io.IOException;
import java.io.InputStream;

/** The standard input as a sign of life of the program that started this one. */
final class StandardInput {
  private StandardInput() {}

  /** Runs an action on a thread of its own once standard input ends. What comes in is dropped. */
  static void onEnd(Runnable action) {
    Thread watch = new Thread(
        () -> {
          drain(System.in);
          action.run();
        },
        "standard-input");
    watch.setDaemon(true);
    watch.start();
  }

  private static void drain(InputStream in) {
    try {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The other side is gone, which is what is waited for.
    }
  }
}
