package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.log.Position;
import dev.larder.memory.MemoryStore;
import dev.larder.web.TestServer;
import dev.larder.web.live.LiveGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Streams of invalidations through a real Tomcat. */
@Timeout(60)
class LiveStreamsTest {

  private final MemoryStore store = MemoryStore.create();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Larder larder;
  private Larder other;
  private TestServer server;

  @Configuration(proxyBeanMethods = false)
  static class Guarded {
    @Bean
    LiveGuard guard() {
      return (request, name) -> switch (name) {
        case "secret" -> Set.of();
        case "feed" -> Set.of("activity:1", "activity:2");
        default -> Set.of(name);
      };
    }
  }

  @BeforeEach
  void start() {
    larder = node();
    other = node();
    server = TestServer.start(
        larder, List.of("larder.web.live.max-streams=3"), OpenSecurity.class, Guarded.class);
    opened.add(server);
  }

  private Larder node() {
    Larder made = Larder.builder().keyPrefix("live").l2(store).build();
    opened.add(made);
    return made;
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    store.close();
  }

  /** A browser that listens, or is refused. */
  private final class Browser implements AutoCloseable {
    final HttpResponse<InputStream> response;
    final List<String> lines = new CopyOnWriteArrayList<>();

    Browser(String query, String lastId) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(
          URI.create("http://127.0.0.1:" + server.port() + "/live?" + query));
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      response = HttpClient.newHttpClient()
          .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      opened.add(this);
      Thread reading = new Thread(this::read, "browser");
      reading.setDaemon(true);
      reading.start();
      if (response.statusCode() == 200) {
        hears("retry: 1000");
      }
    }

    private void read() {
      try (var text = new java.io.BufferedReader(
          new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          lines.add(line);
        }
      } catch (IOException closed) {
        lines.add("closed");
      }
    }

    void hears(String line) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(lines).contains(line));
    }

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

  @Test
  void hears_whatIsInvalidatedOnAnyNode_byItsNames_andNothingElse() throws Exception {
    Browser browser = new Browser("tag=album%3A7&tag=feed", "");
    assertThat(browser.response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(browser.response.headers().firstValue("Cache-Control").orElseThrow())
        .isEqualTo("no-store");
    other.invalidateTags("album:8");
    other.invalidateTags("activity:2");
    larder.invalidateTags("album:7", "ümläut x");
    browser.hears("data: album%3A7");
    browser.hears("data: feed");
    assertThat(browser.lines).doesNotContain("data: activity%3A2", "data: album%3A8");
    other.clear();
    browser.hears("event: everything");
  }

  @Test
  void comesAgain_hearsWhatItMissed() throws Exception {
    Browser first = new Browser("tag=a&tag=b", "");
    larder.invalidateTags("a");
    first.hears("data: a");
    String id = first.lastId();
    assertThat(Position.parse(id).sequence()).isPositive();
    first.close();
    larder.invalidateTags("b");
    Browser again = new Browser("tag=a&tag=b", id);
    again.hears("data: b");
    assertThat(again.lines).doesNotContain("event: reset");
  }

  /** More than wait for a slow browser: it must not be cut off for what it missed. */
  @Test
  void comesAgain_afterMany_hearsOfThemTogether() throws Exception {
    Browser first = new Browser("tag=a&tag=b", "");
    larder.invalidateTags("a");
    first.hears("data: a");
    String id = first.lastId();
    first.close();
    for (int i = 0; i < 600; i++) {
      larder.invalidateTags("b");
    }
    Browser again = new Browser("tag=a&tag=b", id);
    again.hears("data: b");
    larder.invalidateTags("a");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(again.lines.stream().filter("data: a"::equals)).hasSize(2));
  }

  @Test
  void comesAgain_fromATimeThatIsNotKept_isToldSo() throws Exception {
    larder.invalidateTags("a");
    Browser lost = new Browser("tag=a", "memory:999-5");
    lost.hears("event: reset");
    new Browser("tag=a", "no position").hears("event: reset");
  }

  @Test
  void refuses_whatTheGuardRefuses_andTooMuch() throws Exception {
    assertThat(new Browser("tag=secret", "").response.statusCode()).isEqualTo(403);
    assertThat(new Browser("tag=a&tag=secret", "").response.statusCode()).isEqualTo(403);
    assertThat(new Browser("", "").response.statusCode()).isEqualTo(400);
    assertThat(new Browser("tag=x" + "&tag=y".repeat(100), "").response.statusCode())
        .isEqualTo(400);
    for (int i = 0; i < 3; i++) {
      new Browser("tag=a", "");
    }
    assertThat(new Browser("tag=a", "").response.statusCode()).isEqualTo(503);
  }

  @Test
  void withoutAGuard_isNotThere() throws Exception {
    try (TestServer closed = TestServer.start(larder, List.of(), OpenSecurity.class)) {
      HttpResponse<Void> answer = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + closed.port() + "/live?tag=a"))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(404);
    }
  }
}
