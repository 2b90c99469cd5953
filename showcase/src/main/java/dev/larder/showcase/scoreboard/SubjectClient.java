package dev.larder.showcase.scoreboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one system over HTTP; follows no redirect. Safe for use by many threads. */
public final class SubjectClient {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LIMIT)
      .build();
  private final String base;

  /**
   * A client.
   *
   * @param base address of the system, without a slash at the end
   */
  SubjectClient(String base) {
    this.base = base;
  }

  /**
   * Reads.
   *
   * @throws IllegalStateException if the answer is not 200
   */
  public Answer get(Asked.Request request) {
    Answer answer = send("GET", request.path(), request.headers(), null, "");
    if (answer.status() != 200) {
      throw new IllegalStateException("GET " + request.path() + " answered " + answer.status()
          + ": " + answer.body().substring(0, Math.min(300, answer.body().length())));
    }
    return answer;
  }

  /**
   * Sends JSON, or no body.
   *
   * @param json null for no body
   * @throws IllegalStateException if the answer is an error of the server
   */
  public Answer write(
      String method, String path, Map<String, String> headers, @Nullable String json) {
    return written(method, path, send(method, path, headers, json, "application/json"));
  }

  /**
   * Sends a form.
   *
   * @param fields as in an address: {@code a=1&b=2}
   * @throws IllegalStateException if the answer is an error of the server
   */
  public Answer form(String path, Map<String, String> headers, String fields) {
    return written(
        "POST", path, send("POST", path, headers, fields, "application/x-www-form-urlencoded"));
  }

  private static Answer written(String method, String path, Answer answer) {
    if (answer.status() >= 500) {
      throw new IllegalStateException(
          method + " " + path + " answered " + answer.status() + ": " + answer.body());
    }
    return answer;
  }

  private Answer send(
      String method, String path, Map<String, String> headers, @Nullable String body, String type) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (body != null) {
      request.header("Content-Type", type);
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
          response.headers().firstValue("X-Cache").orElse(""),
          response.headers());
    } catch (IOException e) {
      throw new IllegalStateException("nobody answers " + method + " " + base + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Turns the system's larder off or on. */
  void switchTo(boolean on) {
    form("/measured/switch?percent=" + (on ? 100 : 0), Map.of(), "");
  }

  /** Ends all entries of the system. */
  void clear() {
    form("/measured/clear", Map.of(), "");
  }
}
