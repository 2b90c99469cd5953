package dev.larder.console;

import dev.larder.manage.Event;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One browser that listens. Nobody ever waits for it: what it has not taken is queued, and it is cut off
 * when that grows beyond {@value #MOST_BYTES} bytes; it then comes again and goes on where it was. Safe
 * for many threads.
 */
final class LiveStream implements WriteListener, AsyncListener {

  private static final long MOST_BYTES = 8L << 20;

  private final AsyncContext context;
  private final ServletOutputStream output;
  private final Set<Event.Kind> kinds;
  private final boolean wantsChanges;
  private final Runnable onEnd;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private @Nullable List<Event> held = new ArrayList<>();
  private long queued;
  private long lastId;
  private boolean hasOverview;
  private boolean isWriting;
  private boolean isDirty;
  private boolean isClosed;

  LiveStream(
      AsyncContext context,
      ServletOutputStream output,
      Set<Event.Kind> kinds,
      boolean wantsChanges,
      Runnable onEnd) {
    this.context = context;
    this.output = output;
    this.kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
    this.wantsChanges = wantsChanges;
    this.onEnd = onEnd;
  }

  /** Whether it takes what has changed instead of whole overviews. */
  boolean wantsChanges() {
    return wantsChanges;
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  /** Whether it has had an overview that changes can be added to. */
  synchronized boolean hasOverview() {
    return hasOverview;
  }

  synchronized void overview(byte[] message) {
    hasOverview = true;
    send(message);
  }

  /** Something to begin with; the next beat sends a whole one again, to which changes are added. */
  synchronized void firstOverview(byte[] message) {
    if (!hasOverview) {
      send(message);
    }
  }

  /** What happened before it came; what has happened meanwhile follows. */
  synchronized void replay(List<Event> earlier, String instance) {
    List<Event> meanwhile = held;
    held = null;
    events(earlier, instance, Integer.MAX_VALUE);
    if (meanwhile != null) {
      events(meanwhile, instance, Integer.MAX_VALUE);
    }
  }

  /** Sends those events that it wants and has not had, and says how many of them it leaves out. */
  synchronized void events(List<Event> events, String instance, int most) {
    if (held != null) {
      held.addAll(events.subList(0, Math.min(events.size(), most)));
      return;
    }
    int sent = 0;
    long skipped = 0;
    for (Event event : events) {
      if (event.id() <= lastId || !kinds.contains(event.kind())) {
        continue;
      }
      lastId = event.id();
      if (sent++ < most) {
        send(message("change", event.id() + "-" + instance, Json.write(event)));
      } else {
        skipped++;
      }
    }
    if (skipped > 0) {
      send(message("skipped", null, Json.write(Json.answer("count", skipped))));
    }
  }

  static byte[] message(String event, @Nullable String id, byte[] json) {
    String head = "event: " + event + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[start.length + json.length + 2];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(json, 0, message, start.length, json.length);
    message[message.length - 2] = '\n';
    message[message.length - 1] = '\n';
    return message;
  }

  synchronized void send(byte[] message) {
    if (isClosed) {
      return;
    }
    queued += message.length;
    if (queued > MOST_BYTES) {
      close();
      return;
    }
    queue.add(message);
    write();
  }

  private void write() {
    try {
      while (isWriting && !isClosed && output.isReady()) {
        byte[] next = queue.poll();
        if (next != null) {
          queued -= next.length;
          isDirty = true;
          output.write(next);
        } else if (isDirty) {
          isDirty = false;
          output.flush();
        } else {
          return;
        }
      }
    } catch (IOException | IllegalStateException gone) {
      close();
    }
  }

  synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    queue.clear();
    onEnd.run();
    try {
      context.complete();
    } catch (IllegalStateException over) {
      // The container has ended it already.
    }
  }

  @Override
  public synchronized void onWritePossible() {
    isWriting = true;
    write();
  }

  @Override
  public void onError(Throwable failure) {
    close();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It is started once.
  }
}
