package dev.larder.boottests.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that is open in a browser and listens, until its connection is closed. */
final class Listener implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What it was sent, line by line. */
  final List<String> lines = new CopyOnWriteArrayList<>();

  private final HttpResponse<InputStream> response;

  private Listener(HttpResponse<InputStream> response) {
    this.response = response;
    Thread reading = new Thread(this::read, "page");
    reading.setDaemon(true);
    reading.start();
  }

  /**
   * Opens the stream and waits until it is there.
   *
   * @param lastId where it stands; empty for a page that was never told
   */
  static Listener at(URI stream, String lastId) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(stream);
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    Listener listener = new Listener(response);
    listener.hears("retry: 1000");
    return listener;
  }

  private void read() {
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.add(line);
      }
    } catch (IOException closed) {
      lines.add("closed");
    }
  }

  void hears(String... wanted) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(lines).contains(wanted));
  }

  /** What a browser sends when it comes again. */
  String lastId() {
    return lines.stream()
        .filter(line -> line.startsWith("id: "))
        .reduce((before, last) -> last)
        .orElseThrow()
        .substring(4);
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
