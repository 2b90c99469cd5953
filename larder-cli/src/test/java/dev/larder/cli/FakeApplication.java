package dev.larder.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.ManagementException;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.WarmUp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application's console as far as its API goes, on loopback. */
final class FakeApplication implements AutoCloseable {

  static final String TOKEN = "secret-word";
  private static final JsonMapper JSON = JsonMapper.shared();

  final FakeManagement management = new FakeManagement();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<List<Event>> streams = new ArrayList<>();

  /** Whether it is of a version that gives advice alone. */
  volatile boolean isOld;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeApplication() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/larder/", this::handle);
    server.createContext("/moved/", exchange -> {
      exchange.getResponseHeaders().add("Location", url() + "/api/overview");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });
    server.createContext("/other/", exchange -> send(exchange, 200, "<html>hello</html>"));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/larder";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring("/larder/".length());
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      String authorisation = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(authorisation)) {
        problem(exchange, 403, "FORBIDDEN", "no such token");
      } else if (path.equals("api/stream")) {
        stream(exchange);
      } else {
        answer(exchange, path);
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Object[] part = part(path, query(exchange.getRequestURI()), JSON.readTree(body));
      Map<String, Object> answer = new LinkedHashMap<>(Map.of("schema", 1));
      for (int i = 0; i < part.length; i += 2) {
        answer.put((String) part[i], part[i + 1]);
      }
      send(exchange, 200, JSON.writeValueAsString(answer));
    } catch (ManagementException failure) {
      int status = switch (failure.reason()) {
        case WRONG_QUESTION -> 400;
        case FORBIDDEN -> 403;
        case NOT_FOUND -> 404;
        case REFUSED -> 409;
        case UNREACHABLE -> 503;
      };
      problem(exchange, status, failure.reason().name(), failure.getMessage());
    }
  }

  private Object[] part(String path, Map<String, String> query, JsonNode body) {
    return switch (path) {
      case "api/overview" -> new Object[] {"overview", management.overview()};
      case "api/keys" ->
        new Object[] {
          "page",
          management.keys(new KeyQuery(
              query.get("cache"), query.get("contains"), Integer.parseInt(query.get("limit"))))
        };
      case "api/explain" -> new Object[] {"explanation", management.explain(query.get("key"))};
      case "api/value" ->
        new Object[] {
          "value",
          management
              .value(query.get("key"))
              .orElseThrow(() -> new ManagementException(
                  ManagementException.Reason.NOT_FOUND, "no shared tier has it"))
        };
      case "api/events" -> new Object[] {"events", management.events(0, 10)};
      case "api/advice" -> {
        AdviceReport report = management.adviceReport();
        yield isOld
            ? new Object[] {"advice", report.advice()}
            : new Object[] {
              "advice", report.advice(), "samples", report.samples(), "silent", report.silent()
            };
      }
      case "api/routes" -> new Object[] {"report", management.routes()};
      case "api/sessions" -> new Object[] {"report", management.sessions()};
      case "api/simulate" ->
        new Object[] {
          "simulation",
          management.simulate(
              query.get("cache"),
              query.containsKey("ttl") ? Duration.parse(query.get("ttl")) : null,
              query.containsKey("size") ? Long.valueOf(query.get("size")) : null)
        };
      case "api/trials" -> new Object[] {"trials", management.trials().all()};
      case "api/preview-trial" -> new Object[] {"trial", management.trials().preview(plan(body))};
      case "api/trial" -> new Object[] {"outcome", management.trials().start(plan(body), "ann")};
      case "api/end-trial" ->
        new Object[] {"outcome", management.trials().end(body.get("cache").asString(), "ann")};
      case "api/warm-ups" -> new Object[] {"warmUps", management.warmUps()};
      case "api/preview" -> new Object[] {"preview", management.preview(aim(body))};
      case "api/invalidate" -> new Object[] {"outcome", management.invalidate(aim(body), "ann")};
      case "api/refresh" ->
        new Object[] {"outcome", management.refresh(body.get("key").asString(), "ann")};
      case "api/touch" ->
        new Object[] {
          "outcome",
          management.touch(
              body.get("key").asString(),
              Duration.ofMillis(body.get("ttlMillis").asLong()),
              "ann")
        };
      case "api/switch" ->
        new Object[] {
          "outcome",
          management.turn(body.get("cache").asString(), body.get("percent").asInt(), "ann")
        };
      case "api/verify" ->
        new Object[] {"verification", management.verify(body.get("sample").asInt())};
      case "api/warm" ->
        new Object[] {
          "outcome",
          management.warm(
              body.get("name").asString(),
              WarmUp.Action.valueOf(body.get("action").asString()),
              JSON.treeToValue(body.get("limits"), WarmUp.Limits.class),
              "ann")
        };
      default -> throw new ManagementException(ManagementException.Reason.NOT_FOUND, path);
    };
  }

  private static TrialPlan plan(JsonNode body) {
    List<Long> ttls = new ArrayList<>();
    body.get("ttls").forEach(ttl -> ttls.add(Duration.parse(ttl.asString()).toMillis()));
    String length = body.get("length").asString();
    return new TrialPlan(
        body.get("cache").asString(),
        ttls,
        body.get("share").asInt(),
        length.isEmpty() ? 0 : Duration.parse(length).toMillis());
  }

  private static Aim aim(JsonNode body) {
    return JSON.treeToValue(body.get("aim"), Aim.class);
  }

  /** One list of events, then the end, for each time that somebody comes. */
  private void stream(HttpExchange exchange) throws IOException {
    requests.add("from " + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    List<Event> events;
    synchronized (streams) {
      events = streams.isEmpty() ? List.of() : streams.remove(0);
    }
    OutputStream out = exchange.getResponseBody();
    out.write(": hello\n\nevent: overview\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
    for (Event event : events) {
      String message = "event: change\nid: " + event.id() + "-x\ndata: "
          + JSON.writeValueAsString(event) + "\n\n";
      out.write(message.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, String> query(URI uri) {
    String query = uri.getRawQuery();
    return query == null
        ? Map.of()
        : Arrays.stream(query.split("&"))
            .map(it -> it.split("=", 2))
            .collect(Collectors.toMap(
                it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
  }

  private static void problem(HttpExchange exchange, int status, String reason, String detail)
      throws IOException {
    send(
        exchange,
        status,
        JSON.writeValueAsString(Map.of("status", status, "reason", reason, "detail", detail)));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
