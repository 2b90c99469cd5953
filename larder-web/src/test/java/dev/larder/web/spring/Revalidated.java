package dev.larder.web.spring;

import dev.larder.web.TestServer.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;

/** Handlers that are asked whether a stale response still holds, on a server in time that a test moves. */
abstract class Revalidated {

  static final Duration PAST_TTL = Duration.ofSeconds(61);

  static ScriptedServer server;

  /** The conditions that handlers saw, by case. */
  static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

  /** Starts the server, with more than the script on it. */
  static void open(Class<?>... more) {
    server = new ScriptedServer(List.of("larder.web.pass-for=0s"), more);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static void see(String name, HttpServletRequest request) {
    SEEN.put(
        name,
        Stream.of("If-None-Match", "If-Modified-Since")
            .map(request::getHeader)
            .filter(Objects::nonNull)
            .toList());
  }

  /** A handler whose response has this tag, and holds for whoever has it. */
  static void teachHolding(String name, String etag) {
    Script.teach(name, (request, response) -> {
      see(name, request);
      response.setHeader("ETag", etag);
      holdsIf(etag.equals(request.getHeader("If-None-Match")), response);
      response.setHeader("X-Call", String.valueOf(Script.calls(name)));
    });
  }

  static void holdsIf(boolean holds, HttpServletResponse response) {
    if (holds) {
      response.setStatus(304);
    }
  }

  static Answer get(String name, String... headers) {
    return server.http.get("/revalidated/" + name, headers);
  }

  static Answer getPastTtl(String name, String... headers) {
    get(name);
    server.time.advance(PAST_TTL);
    return get(name, headers);
  }
}
