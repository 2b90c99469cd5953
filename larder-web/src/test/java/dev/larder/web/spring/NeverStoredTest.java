package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.web.TestServer;
import dev.larder.web.TestServer.Answer;
import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.security.core.context.SecurityContextHolder;

/** What is never stored, whatever a declaration says: each case twice, and the handler answers twice. */
class NeverStoredTest {

  private record Case(String name, String path, String detail, Script.Act act, String... headers) {}

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("larder.web.pass-for=0s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Case of(
      String name, String path, String detail, Script.Act act, String... headers) {
    return new Case(
        name.replace(' ', '-')
            .replace(':', '-')
            .replace('*', '-')
            .replace('=', '-')
            .replace(',', '-'),
        path,
        detail,
        act,
        headers);
  }

  private static Case header(String name, String value, String detail) {
    return of(
        "never " + name + value.replaceAll("[^a-z0-9]", "-"),
        "/public/",
        detail,
        (in, out) -> out.setHeader(name, value));
  }

  private static final List<Case> CASES = List.of(
      header("Set-Cookie", "a=b", "it sets a cookie"),
      of(
          "never cookie",
          "/public/",
          "it sets a cookie",
          (in, out) -> out.addCookie(new Cookie("a", "b"))),
      header("Cache-Control", "private", "Cache-Control: private"),
      header("Cache-Control", "private=\"x\", max-age=60", "Cache-Control: private"),
      header("Cache-Control", "no-store", "Cache-Control: no-store"),
      header("Cache-Control", "NO-STORE, max-age=60", "Cache-Control: no-store"),
      header("Cache-Control", "no-cache", "Cache-Control: no-cache"),
      header("Cache-Control", "no-cache=\"set-cookie\"", "Cache-Control: no-cache"),
      header("Vary", "*", "Vary: *"),
      header("Vary", "x-keyed, *", "Vary: *"),
      header("Vary", "Cookie", "Vary: Cookie"),
      header("Vary", "accept-language, COOKIE", "Vary: COOKIE"),
      header("Vary", "Authorization", "Vary: Authorization"),
      header("Vary", "User-Agent", "Vary: User-Agent"),
      header("Content-Range", "bytes 0-1/2", "it is a part"),
      of("never 500", "/public/", "status 500", (in, out) -> out.setStatus(500)),
      of("never 503 error", "/public/", "", (in, out) -> out.sendError(503)),
      of("never 206", "/public/", "status 206", (in, out) -> out.setStatus(206)),
      of("never 302", "/public/", "status 302", (in, out) -> out.sendRedirect("/elsewhere")),
      of("never 404 error", "/public/", "", (in, out) -> out.sendError(404)),
      of("never session", "/public/", "session", (in, out) -> in.getSession().getId()),
      of("never session peek", "/public/", "session", (in, out) -> in.getSession(false)),
      of("never principal", "/public/", "user", (in, out) -> in.getUserPrincipal()),
      of("never remote user", "/public/", "user", (in, out) -> in.getRemoteUser()),
      of("never role", "/public/", "role ADMIN", (in, out) -> in.isUserInRole("ADMIN")),
      of("never other role", "/roles/", "role AUDITOR", (in, out) -> in.isUserInRole("AUDITOR")),
      of(
          "never security context",
          "/public/",
          "security context",
          (in, out) -> SecurityContextHolder.getContext().getAuthentication()),
      of(
          "never session of a user",
          "/user/",
          "session",
          (in, out) -> in.getSession(),
          "Authorization",
          TestServer.basic("anna", "a")),
      of(
          "never csrf token",
          "/public/",
          "CSRF token",
          (in, out) -> ((org.springframework.security.web.csrf.CsrfToken) in.getAttribute("_csrf"))
              .getToken()),
      of(
          "never authorized anonymous",
          "/anonymous/",
          "the visitor is logged in",
          (in, out) -> {},
          "Authorization",
          TestServer.basic("anna", "a")),
      of(
          "never bearer anonymous",
          "/anonymous/",
          "the request has Authorization",
          (in, out) -> {},
          "Authorization",
          "Bearer x"),
      of("never user anonymous", "/user/", "the visitor is not logged in", (in, out) -> {}),
      of(
          "never with a body type",
          "/public/",
          "the request has a body",
          (in, out) -> {},
          "Content-Type",
          "application/json"),
      of(
          "never request no-store",
          "/public/",
          "the request says no-store",
          (in, out) -> {},
          "Cache-Control",
          "no-store"),
      of("never if-match", "/public/", "precondition", (in, out) -> {}, "If-Match", "\"a\""));

  @TestFactory
  Stream<DynamicTest> isNotStored() {
    return CASES.stream()
        .map(it -> DynamicTest.dynamicTest(it.name(), () -> {
          Script.teach(it.name(), it.act());
          Answer first = server.http.get(it.path() + it.name(), it.headers());
          Answer second = server.http.get(it.path() + it.name(), it.headers());
          assertThat(first.isStored()).isFalse();
          assertThat(second.isHit()).isFalse();
          assertThat(second.cacheStatus()).contains(it.detail());
          assertThat(Script.calls(it.name())).isEqualTo(2);
        }));
  }
}
