package dev.larder.web.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One browser that listens. What it is told waits in a short queue until its connection takes it; one
 * that is too slow is closed and comes again by itself. No thread waits for a browser.
 */
final class LiveStream implements WriteListener {

  private static final int MOST_WAITING = 256;

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Map<String, Set<String>> tags;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private boolean isOpen = true;

  /**
   * @param tags what it hears of: each tag with the names that the page asked for it by
   */
  LiveStream(AsyncContext context, ServletOutputStream out, Map<String, Set<String>> tags) {
    this.context = context;
    this.out = out;
    this.tags = tags;
  }

  /** The names by which the page knows the tags. */
  Set<String> names(Set<String> ended) {
    Set<String> names = new LinkedHashSet<>();
    ended.forEach(tag -> names.addAll(tags.getOrDefault(tag, Set.of())));
    return names;
  }

  synchronized boolean isOpen() {
    return isOpen;
  }

  /** Tells it something; the text ends in an empty line. */
  synchronized void tell(String text) {
    if (!isOpen) {
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      close();
      return;
    }
    waiting.add(text.getBytes(StandardCharsets.UTF_8));
    drain();
  }

  @Override
  public void onWritePossible() {
    drain();
  }

  private synchronized void drain() {
    try {
      while (isOpen && !waiting.isEmpty() && out.isReady()) {
        out.write(waiting.remove());
        if (out.isReady()) {
          out.flush();
        }
      }
    } catch (IOException | IllegalStateException gone) {
      close();
    }
  }

  @Override
  public void onError(Throwable failure) {
    close();
  }

  /** Ends it. Idempotent. */
  synchronized void close() {
    if (isOpen) {
      isOpen = false;
      waiting.clear();
      try {
        context.complete();
      } catch (IllegalStateException ended) {
        // The container was first.
        waiting.clear();
      }
    }
  }
}
