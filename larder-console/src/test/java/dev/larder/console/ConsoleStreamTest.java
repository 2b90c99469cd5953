package dev.larder.console;

import static dev.larder.console.Client.TOKEN;
import static dev.larder.console.Client.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.manage.Event;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the stream sends, and to how many. */
class ConsoleStreamTest extends OnConsole {

  /** Lines of a stream until one begins with the given text. */
  private static List<String> until(BufferedReader reader, String wanted) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith(wanted)) {
        return lines;
      }
    }
    throw new AssertionError("the stream ended without " + wanted + ": " + lines);
  }

  private BufferedReader stream(String path, String... headers) throws Exception {
    HttpResponse<java.io.InputStream> response = client.stream(path, headers);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String[] with(String... more) {
    List<String> headers = new ArrayList<>(List.of(bearer(TOKEN)));
    headers.addAll(List.of(more));
    return headers.toArray(String[]::new);
  }

  @Test
  void stream_sendsOverviewsAndWhatHappens_andGoesOnWhereItWasCut() throws Exception {
    String id;
    try (BufferedReader reader = stream("api/stream", bearer(TOKEN))) {
      until(reader, "event: overview");
      assertThat(reader.readLine()).startsWith("data: {").contains("\"keyPrefix\":\"app\"");
      management.happen(Event.Kind.INVALIDATION, "", "tag user:7", "outbox", 0, 1);
      until(reader, "event: change");
      id = reader.readLine().substring("id: ".length());
      assertThat(reader.readLine()).contains("tag user:7");
    }
    management.happen(Event.Kind.INVALIDATION, "", "tag user:8", "outbox", 0, 1);
    try (BufferedReader reader = stream("api/stream", with("Last-Event-ID", id))) {
      List<String> lines = until(reader, "event: change");
      assertThat(lines).noneMatch(line -> line.contains("reset"));
      assertThat(reader.readLine()).startsWith("id: 2-");
      assertThat(reader.readLine()).contains("tag user:8");
    }
    String foreign = "7" + id.substring(1, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    try (BufferedReader reader = stream("api/stream", with("Last-Event-ID", foreign))) {
      until(reader, "event: reset");
      until(reader, "event: change");
      assertThat(reader.readLine()).startsWith("id: 1-");
    }
  }

  @Test
  void stream_ofChanges_leavesOutWhatStaysAsItWas() throws Exception {
    management.moreCaches = 500;
    try (BufferedReader reader = stream("api/stream?overview=changes", bearer(TOKEN))) {
      String complete = "";
      String changes = "";
      while (!changes.contains("\"isComplete\":false")) {
        until(reader, "event: delta");
        complete = changes;
        changes = reader.readLine();
      }
      assertThat(complete).contains("\"isComplete\":true", "more-499", "\"policy\"");
      assertThat(changes).doesNotContain("more-499", "\"policy\":").contains("\"sample\"");
      assertThat(changes.length()).isLessThan(3_000);
      management.reads.addAndGet(1_000);
      until(reader, "event: delta");
      assertThat(reader.readLine()).contains("\"feed\"").doesNotContain("more-499");
    }
  }

  @Test
  void stream_ofSomeKinds_hasNoOthers() throws Exception {
    management.happen(Event.Kind.LOAD, "album", "app:album:v1:1", "site", 1, 1);
    management.happen(Event.Kind.CIRCUIT, "", "L2", "open", 0, 1);
    try (BufferedReader reader = stream("api/stream?kinds=CIRCUIT,LINK&after=0", bearer(TOKEN))) {
      until(reader, "event: change");
      assertThat(reader.readLine()).startsWith("id: 2-");
    }
  }

  @Test
  void stream_ofMoreThanCanBeShown_saysHowManyItLeftOut() throws Exception {
    try (BufferedReader reader = stream("api/stream", bearer(TOKEN))) {
      until(reader, "event: overview");
      for (int each = 0; each < 3_000; each++) {
        management.happen(Event.Kind.LOAD, "album", "app:album:v1:1", "site", 1, 1);
      }
      until(reader, "event: skipped");
      assertThat(reader.readLine()).contains("\"count\":");
    }
  }

  @Test
  void streams_beyondTheLimit_areRefusedUntilOneEnds() throws Exception {
    BufferedReader first = stream("api/stream", bearer(TOKEN));
    for (int more = 0; more < 2; more++) {
      stream("api/stream", bearer(TOKEN));
    }
    try (BufferedReader last = stream("api/stream", bearer(TOKEN))) {
      // Not read before its status is known: a stream that is not refused has no end.
      HttpResponse<java.io.InputStream> refused = client.stream("api/stream", bearer(TOKEN));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("All 4 live streams");
      first.close();
      await()
          .untilAsserted(
              () -> assertThat(client.stream("api/stream", bearer(TOKEN)).statusCode())
                  .isEqualTo(200));
      until(last, "event: overview");
    }
  }
}
