package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import dev.larder.web.TestServer.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Pages that Thymeleaf draws: kept, but for those whose template asks for the session. */
class ThymeleafPagesTest {

  @Controller
  static class Pages {

    @CachedPage
    @GetMapping("/plain")
    String plain(Model model) {
      model.addAttribute("word", "hello");
      return "plain";
    }

    @CachedPage(scope = Scope.PUBLIC)
    @GetMapping("/session")
    String session() {
      return "session";
    }

    @ResponseBody
    @GetMapping("/name")
    String name(@RequestParam String name, HttpSession session) {
      session.setAttribute("name", name);
      return name;
    }
  }

  private static Larder larder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    larder = Larder.builder().keyPrefix("web").build();
    server = TestServer.start(larder, List.of(), Pages.class, OpenSecurity.class);
  }

  @AfterAll
  static void stop() {
    server.close();
    larder.close();
  }

  private static String sessionOf(String name) {
    return server.get("/name?name=" + name).header("Set-Cookie").split(";", 2)[0];
  }

  @Test
  void pageThatAsksForNothing_isKept_withASessionAndWithout() {
    assertThat(server.get("/plain").isStored()).isTrue();
    Answer again = server.get("/plain", "Cookie", sessionOf("ann"));
    assertThat(again.isHit()).isTrue();
    assertThat(again.body()).contains("hello");
  }

  /** Also where there is no session, which is an answer too. */
  @Test
  void templateThatAsksForTheSession_isNotKept() {
    Answer nobody = server.get("/session");
    assertThat(nobody.body()).doesNotContain("ann");
    assertThat(nobody.isStored()).isFalse();
    assertThat(nobody.cacheStatus()).contains("session");
    Answer ann = server.get("/session", "Cookie", sessionOf("ann"));
    assertThat(ann.body()).contains("ann");
    assertThat(server.get("/session", "Cookie", sessionOf("ben")).body()).contains("ben");
    assertThat(server.get("/session").isHit()).isFalse();
  }
}
