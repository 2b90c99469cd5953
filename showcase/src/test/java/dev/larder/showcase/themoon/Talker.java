package dev.larder.showcase.themoon;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program in a conversation, over a socket. It keeps every frame. */
final class Talker implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  private Talker(URI instance, long conversation, long user, long after, String origin) {
    URI address = URI.create(instance.toString().replaceFirst("^http", "ws")
        + "/themoon/socket?conversation=" + conversation + "&after=" + after + "&as=" + user);
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    socket = builder
        .buildAsync(address, this)
        .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
        .join();
  }

  static Talker in(URI instance, long conversation, long user, long after) {
    return new Talker(instance, conversation, user, after, "");
  }

  static Talker from(String origin, URI instance, long conversation, long user) {
    return new Talker(instance, conversation, user, 0, origin);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
    part.append(text);
    if (isLast) {
      frames.add(JsonMapper.shared().readTree(part.toString()));
      part.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status + " " + reason);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.complete(failure.toString());
  }

  void say(UUID id, String text) {
    tell(JsonMapper.shared()
        .writeValueAsString(java.util.Map.of("type", "send", "id", id.toString(), "text", text)));
  }

  void tell(String frame) {
    socket.sendText(frame, true).join();
  }

  /** The first frame that fits, once it has come. */
  JsonNode hears(Predicate<JsonNode> fits) {
    return await()
        .atMost(LIMIT)
        .until(() -> frames.stream().filter(fits).findFirst(), java.util.Optional::isPresent)
        .orElseThrow();
  }

  JsonNode hears(String type) {
    return hears(frame -> frame.path("type").asString("").equals(type));
  }

  /** Numbers of the messages, in the order in which they came. */
  List<Long> numbers() {
    return frames.stream()
        .filter(frame -> frame.path("type").asString("").equals("message"))
        .map(frame -> frame.path("number").asLong())
        .toList();
  }

  /** Texts of the messages, in the order in which they came. */
  List<String> texts() {
    return frames.stream()
        .filter(frame -> frame.path("type").asString("").equals("message"))
        .map(frame -> frame.path("text").asString(""))
        .toList();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
