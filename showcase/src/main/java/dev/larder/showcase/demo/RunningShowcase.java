package dev.larder.showcase.demo;

import dev.larder.showcase.scoreboard.Measuring;
import java.time.Duration;
import java.util.function.Supplier;

/** A showcase that can be started anew. Safe for use by many threads. */
final class RunningShowcase implements Measuring.Showcase, AutoCloseable {
  private final Supplier<ShowcaseProcess> start;
  private ShowcaseProcess process;
  private boolean closed;

  RunningShowcase(Supplier<ShowcaseProcess> start) {
    this.start = start;
    process = start.get();
  }

  @Override
  public String url() {
    return current().url();
  }

  @Override
  public long restart() {
    current().close();
    ShowcaseProcess fresh = startUnlessClosed();
    fresh.url();
    return fresh.begunNanos();
  }

  /** Processor time that the present process has used so far. */
  Duration cpu() {
    return current().cpu();
  }

  void awaitEnd() throws InterruptedException {
    current().awaitEnd();
  }

  private synchronized ShowcaseProcess current() {
    return process;
  }

  private synchronized ShowcaseProcess startUnlessClosed() {
    if (closed) {
      throw new IllegalStateException("the demo is being stopped");
    }
    process = start.get();
    return process;
  }

  @Override
  public void close() {
    ShowcaseProcess last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    last.close();
  }
}
