package dev.larder.showcase.scoreboard;

import dev.larder.showcase.halfnote.Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to Halfnote's JSON endpoints. Safe for use by many threads. */
final class HalfnoteClient {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LIMIT)
      .build();
  private final String base;

  /**
   * A client.
   *
   * @param url of the showcase, without a slash at the end
   */
  HalfnoteClient(String url) {
    base = url + "/halfnote/api";
  }

  /**
   * Reads.
   *
   * @param user who asks
   * @throws IllegalStateException if the answer is an error
   */
  Answer get(String path, Mode mode, long user) {
    Answer answer = send("GET", path, null, mode, user);
    if (answer.status() != 200) {
      throw new IllegalStateException("GET " + path + " answered " + answer.status() + ": "
          + answer.body().substring(0, Math.min(300, answer.body().length())));
    }
    return answer;
  }

  /**
   * Writes, or tries to: a conflict is an answer.
   *
   * @param json null for no body
   * @throws IllegalStateException if the answer is an error of the server
   */
  Answer write(String method, String path, @Nullable String json, long user) {
    Answer answer = send(method, path, json, Mode.LARDER, user);
    if (answer.status() >= 500) {
      throw new IllegalStateException(
          method + " " + path + " answered " + answer.status() + ": " + answer.body());
    }
    return answer;
  }

  private Answer send(String method, String path, @Nullable String json, Mode mode, long user) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .header(Mode.HEADER, mode.word())
        .header("X-Halfnote-User", Long.toString(user))
        .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    HttpRequest built = request.build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> response = http.send(built, BodyHandlers.ofString());
      double millis = (System.nanoTime() - begun) / 1e6;
      return new Answer(
          response.statusCode(),
          response.body(),
          millis,
          (int) response.headers().firstValueAsLong("X-Sql-Statements").orElse(0),
          response.headers().firstValue("X-Cache").orElse(""));
    } catch (IOException e) {
      throw new IllegalStateException("Halfnote does not answer " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
