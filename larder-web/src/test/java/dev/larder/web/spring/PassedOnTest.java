package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can't be stored reaches the client whole, though the handler flushes nothing. */
class PassedOnTest {

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("larder.web.max-body=1KB"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void longerThanTheLimit() {
    String line = "line ".repeat(3_000);
    Script.teach("long", (request, response) -> response.getWriter().print(line));
    assertThat(server.http.get("/anonymous/long").body()).isEqualTo(line);
  }

  /** The limit is passed by what a writer still holds when the handler returns. */
  @Test
  void aLittleLongerThanTheLimit() {
    String line = "line ".repeat(300);
    Script.teach("longish", (request, response) -> response.getWriter().print(line));
    for (int call = 1; call <= 2; call++) {
      assertThat(server.http.get("/anonymous/longish").body()).isEqualTo(line + "longish " + call);
    }
  }

  @Test
  void asynchronously() {
    Script.teach("async", (request, response) -> {
      AsyncContext later = request.startAsync();
      later.getResponse().setContentType("text/plain");
      later.getResponse().getWriter().print("later ");
      later.complete();
    });
    assertThat(server.http.get("/anonymous/async").body()).startsWith("later ");
  }

  @Test
  void asynchronouslyAfterAPart() {
    Script.teach("both", (request, response) -> {
      response.getWriter().print("now ");
      AsyncContext later = request.startAsync();
      later.getResponse().getWriter().print("later ");
      later.complete();
    });
    assertThat(server.http.get("/anonymous/both").body()).startsWith("now later ");
  }
}
