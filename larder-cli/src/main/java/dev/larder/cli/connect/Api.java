package dev.larder.cli.connect;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to the console of an application, and what its answers mean. Never follows a redirect, which
 * could carry the token elsewhere. Safe for many threads.
 */
final class Api {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int MOST_SHOWN = 300;

  static final JsonMapper JSON = JsonMapper.builder()
      // An application may be older than this command and not know of a figure, or of a list of
      // them.
      .withConfigOverride(
          List.class,
          lists -> lists.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
      .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private final URI url;
  private final @Nullable String token;
  private final HttpClient client;

  /**
   * A part of answers.
   *
   * @param name what it is found under
   * @param isWhole whether what stands beside it is read too
   * @param reading how it is read
   */
  record Part<T>(String name, boolean isWhole, Function<JsonNode, T> reading) {

    static <T> Part<T> of(String name, Class<T> type) {
      return new Part<>(name, false, found -> JSON.treeToValue(found, type));
    }

    /** An answer that has such a part, with what stands beside that. */
    static <T> Part<T> with(String name, Class<T> type) {
      return new Part<>(name, true, found -> JSON.treeToValue(found, type));
    }

    static <T> Part<List<T>> listOf(String name, Class<T> type) {
      JavaType list = JSON.getTypeFactory().constructCollectionType(List.class, type);
      return new Part<>(name, false, found -> JSON.treeToValue(found, list));
    }
  }

  Api(URI url, @Nullable String token) {
    this.url = url;
    this.token = token;
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(Redirect.NEVER);
    if ("http".equals(url.getScheme())) {
      builder.sslContext(trustingNobody());
    }
    this.client = builder.build();
  }

  /** Without it the client reads all certificates of the JDK, which takes longer than most answers. */
  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("the JDK has no TLS", failure);
    }
  }

  /** The part of an answer with this name. */
  <T> T get(String path, Map<String, ?> parameters, Part<T> part) {
    return read(path, send(path, request(path + query(parameters)).GET().build()), part);
  }

  /** As {@link #get}; empty if there is no such thing. */
  <T> Optional<T> find(String path, Map<String, ?> parameters, Part<T> part) {
    try {
      return Optional.of(get(path, parameters, part));
    } catch (ManagementException failure) {
      if (failure.reason() == Reason.NOT_FOUND && failure instanceof Told) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** The part of the answer to an order with this name. */
  <T> T post(String path, Map<String, ?> body, Part<T> part) {
    HttpRequest request = request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
    return read(path, send(path, request), part);
  }

  /** Opens a stream of events, which the caller closes. */
  HttpResponse<InputStream> stream(String path, String lastId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/" + path));
    authorise(request).header("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    return client.send(request.GET().build(), BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(String path) {
    return authorise(HttpRequest.newBuilder(URI.create(url + "/" + path)))
        .timeout(ANSWER)
        .header("Accept", "application/json");
  }

  private HttpRequest.Builder authorise(HttpRequest.Builder request) {
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static String query(Map<String, ?> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) -> query
        .append(query.isEmpty() ? '?' : '&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
    return query.toString();
  }

  private HttpResponse<String> send(String path, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw unreachable(failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new ManagementException(Reason.UNREACHABLE, path + ": interrupted");
    }
  }

  /** What it means that no answer came. */
  ManagementException unreachable(IOException failure) {
    String why = failure instanceof HttpTimeoutException
        ? "no answer in time"
        : failure instanceof ConnectException
            ? "nothing listens there, or a name is unknown"
            : failure.getClass().getSimpleName() + " " + failure.getMessage();
    return new ManagementException(
        Reason.UNREACHABLE, "the application at " + url + " does not answer: " + why);
  }

  private <T> T read(String path, HttpResponse<String> response, Part<T> part) {
    requireOk(path, response.statusCode(), response.body());
    try {
      JsonNode all = JSON.readTree(response.body());
      JsonNode found = all.get(part.name());
      if (found != null && !found.isNull()) {
        return part.reading().apply(part.isWhole() ? all : found);
      }
    } catch (JacksonException failure) {
      throw foreign(path, failure.getOriginalMessage());
    }
    throw foreign(path, "there is no '" + part.name() + "' in the answer");
  }

  /** Returns if it is an answer; throws what a problem means. */
  void requireOk(String path, int status, String body) {
    if (status == 200) {
      return;
    }
    JsonNode problem = null;
    try {
      problem = JSON.readTree(body);
    } catch (JacksonException notJson) {
      // What else answers there has its own words.
    }
    String detail = problem == null ? "" : problem.path("detail").asString("");
    String reason = problem == null ? "" : problem.path("reason").asString("");
    for (Reason each : Reason.values()) {
      if (each.name().equals(reason)) {
        throw new Told(each, detail.isEmpty() ? path + ": " + each : shortened(detail));
      }
    }
    throw switch (status) {
      case 401, 403 ->
        new ManagementException(
            Reason.FORBIDDEN,
            url + " " + (token == null ? "wants a token" : "does not take this token")
                + (detail.isEmpty() ? "" : ": " + shortened(detail)));
      case 404 -> foreign(path, "it answers 404");
      default ->
        status >= 500
            ? new ManagementException(
                Reason.UNREACHABLE,
                "the application at " + url + " answers " + status
                    + (detail.isEmpty() ? "" : ": " + shortened(detail)))
            : foreign(path, "it answers " + status);
    };
  }

  private ManagementException foreign(String path, @Nullable String why) {
    return new ManagementException(
        Reason.UNREACHABLE,
        url + "/" + path + " is not the console of a larder: " + why
            + "; the URL ends in the console's path, usually /larder");
  }

  private static String shortened(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  /** What the application itself said. */
  private static final class Told extends ManagementException {
    private static final long serialVersionUID = 1L;

    Told(Reason reason, String message) {
      super(reason, message);
    }
  }
}
