package dev.larder.cli.connect;

import dev.larder.manage.Event;
import dev.larder.manage.Management.Subscription;
import dev.larder.manage.ManagementException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Server-sent events of an application, read by a thread of its own until closed. */
final class EventStream implements Subscription {

  private static final String PATH = "api/stream";
  private static final String CHANGE = "change";
  private static final long RETRY_MILLIS = 1_000;

  private final Api api;
  private final Consumer<Event> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable InputStream open;
  private String lastId = "";

  private EventStream(Api api, Consumer<Event> listener) {
    this.api = api;
    this.listener = listener;
  }

  /**
   * Opens the stream.
   *
   * @throws ManagementException if the application does not answer or refuses
   */
  static EventStream open(Api api, Consumer<Event> listener) {
    EventStream stream = new EventStream(api, listener);
    InputStream first;
    try {
      first = stream.connect();
    } catch (IOException failure) {
      throw api.unreachable(failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new ManagementException(ManagementException.Reason.UNREACHABLE, "interrupted");
    }
    Thread reader = new Thread(() -> stream.follow(first), "larder-events");
    reader.setDaemon(true);
    reader.start();
    return stream;
  }

  private InputStream connect() throws IOException, InterruptedException {
    HttpResponse<InputStream> response = api.stream(PATH, lastId);
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        api.requireOk(PATH, response.statusCode(), text);
      }
    }
    open = response.body();
    return response.body();
  }

  private void follow(InputStream first) {
    InputStream next = first;
    while (closed.getCount() > 0) {
      if (next != null) {
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(next, StandardCharsets.UTF_8))) {
          read(lines);
        } catch (IOException broken) {
          // It is opened again below.
        }
      }
      next = again();
    }
  }

  private @Nullable InputStream again() {
    try {
      if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        return null;
      }
      return connect();
    } catch (IOException | ManagementException stillGone) {
      return null;
    } catch (InterruptedException e) {
      closed.countDown();
      return null;
    }
  }

  private void read(BufferedReader lines) throws IOException {
    String event = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      String content = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "" -> {
          if (line.isEmpty()) {
            hear(event, data.toString());
            event = "";
            data.setLength(0);
          }
        }
        case "event" -> event = content;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(content);
        case "id" -> lastId = content;
        default -> {}
      }
    }
  }

  private void hear(String event, String data) {
    if (!event.equals(CHANGE) || data.isEmpty()) {
      return;
    }
    try {
      listener.accept(Api.JSON.readValue(data, Event.class));
    } catch (JacksonException unknown) {
      // An event of a kind that this command does not know yet.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    InputStream body = open;
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
