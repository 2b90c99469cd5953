package dev.larder.console;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a console as programs do. */
final class Client {

  private static final JsonMapper JSON = new JsonMapper();
  static final String TOKEN = "a-token-of-23-letters..";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  Client(Mounted console) {
    this.address = console.address();
  }

  /** An answer. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }
  }

  Reply get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  Reply post(String path, String json, String... headers) throws Exception {
    return send(request(path, headers)
        .setHeader("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<java.io.InputStream> stream(String path, String... headers) throws Exception {
    return http.send(
        request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  Reply send(HttpRequest.Builder request) throws Exception {
    return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  static String[] bearer(String token) {
    return List.of("Authorization", "Bearer " + token).toArray(String[]::new);
  }
}
