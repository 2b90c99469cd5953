package dev.larder.showcase.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who sends requests over HTTP and follows no redirect.
 *
 * @param address where to
 * @param headers of every request
 */
public record Caller(URI address, Map<String, String> headers) {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LIMIT)
      .build();

  /** What came back. */
  public record Reply(int status, HttpHeaders headers, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /** A header, or the empty text. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** SQL statements that the answer took; -1 if it does not say. */
    public int statements() {
      return (int) headers.firstValueAsLong("X-Sql-Statements").orElse(-1);
    }
  }

  /** The same with one more header. */
  public Caller with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Caller(address, more);
  }

  public Reply get(String path) {
    return send("GET", path, "", "");
  }

  /** Sends JSON; the empty text is no body. */
  public Reply json(String method, String path, String body) {
    return send(method, path, "application/json", body);
  }

  /** Sends a form, written as in an address: {@code a=1&b=2}. */
  public Reply form(String path, String fields) {
    return send("POST", path, "application/x-www-form-urlencoded", fields);
  }

  private Reply send(String method, String path, String type, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
        .timeout(LIMIT)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
