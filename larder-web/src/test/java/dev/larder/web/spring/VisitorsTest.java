package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.web.RawClient;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import dev.larder.web.TestServer.Answer;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who gets whose response, many at once, stale ones, and clients that want fresh ones. */
@ExtendWith(OutputCaptureExtension.class)
class VisitorsTest {

  private static final String ANNA = TestServer.basic("anna", "a");
  private static final String BEN = TestServer.basic("ben", "b");
  private static final String CLEO = TestServer.basic("cleo", "c");

  @RestController
  static class Inbox {

    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch bothBegan = new CountDownLatch(2);

    @CachedResponse(scope = Scope.USER, ttl = "1h")
    @GetMapping(path = "/inbox", produces = "text/plain")
    String inbox(Principal user) throws InterruptedException {
      calls.incrementAndGet();
      bothBegan.countDown();
      // Holds both runs open, so that the other requests meet them.
      bothBegan.await(1, TimeUnit.MINUTES);
      return "inbox of " + user.getName();
    }

    @CachedResponse
    @GetMapping(path = "/greeting", produces = "text/plain")
    String greeting(jakarta.servlet.http.HttpServletRequest request) {
      return request.getUserPrincipal() == null && !request.isUserInRole("MEMBER")
          ? "log in"
          : "hello " + request.getRemoteUser();
    }

    @GetMapping("/private")
    String ownOnly(Principal user) {
      return "own page";
    }
  }

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("server.tomcat.threads.max=50"), Inbox.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void thousandRequestsOfTwoUsersAtOnce_runTwiceAndCrossNobody() {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(server.http.sendAsync("/inbox", "Authorization", i % 2 == 0 ? ANNA : BEN));
    }
    int crossed = 0;
    for (int i = 0; i < answers.size(); i++) {
      String owner = i % 2 == 0 ? "anna" : "ben";
      crossed += answers.get(i).join().body().equals("inbox of " + owner) ? 0 : 1;
    }
    assertThat(crossed).isZero();
    assertThat(server.http.bean(Inbox.class).calls).hasValue(2);
    Answer hit = server.http.get("/inbox", "Authorization", ANNA);
    assertThat(hit.isHit()).isTrue();
    assertThat(hit.header("Cache-Control")).isEqualTo("private, no-cache");
  }

  @Test
  void roles_areInTheKeyAndNamesAreNot() {
    Script.teach(
        "by-role",
        (request, response) ->
            response.getWriter().print(request.isUserInRole("ADMIN") ? "admin " : "other "));
    assertThat(server.http.get("/roles/by-role", "Authorization", ANNA).body()).startsWith("admin");
    Answer ben = server.http.get("/roles/by-role", "Authorization", BEN);
    Answer cleo = server.http.get("/roles/by-role", "Authorization", CLEO);
    assertThat(ben.body()).startsWith("other");
    assertThat(cleo.isHit()).isTrue();
    assertThat(cleo.body()).isEqualTo(ben.body());
    assertThat(server.http.get("/roles/by-role").isHit()).isFalse();
    assertThat(cleo.header("Cache-Control")).startsWith("private");
  }

  /** A page for those not logged in may ask whether somebody is, as layouts with a log-in link do. */
  @Test
  void anonymousPageThatAsksWhoItIs_isShownNobody_andStored() {
    Answer first = server.http.get("/greeting");
    assertThat(first.isStored()).isTrue();
    assertThat(first.body()).isEqualTo("log in");
    assertThat(server.http.get("/greeting", "Authorization", BEN).body()).isEqualTo("hello ben");
    assertThat(server.http.get("/greeting").isHit()).isTrue();
    assertThat(server.http.get("/greeting").body()).isEqualTo("log in");
  }

  @Test
  void rightsThatAUserLoses_changeTheKey() {
    Script.teach("rights", (request, response) -> {});
    Answer before = server.http.get("/user/rights", "Authorization", BEN);
    var users = server.http.bean(InMemoryUserDetailsManager.class);
    users.updateUser(User.withUsername("ben").password("b").roles("GUEST").build());
    try {
      Answer after = server.http.get("/user/rights", "Authorization", BEN);
      assertThat(before.isStored()).isTrue();
      assertThat(after.isHit()).isFalse();
    } finally {
      users.updateUser(User.withUsername("ben").password("b").roles("MEMBER").build());
    }
  }

  @Test
  void aUsersTag_endsTheirEntriesAlone() {
    Script.teach("mine", (request, response) -> {});
    server.http.get("/user/mine", "Authorization", ANNA);
    server.http.get("/user/mine", "Authorization", BEN);
    server.larder.invalidateTags("of:anna");
    assertThat(server.http.get("/user/mine", "Authorization", BEN).isHit()).isTrue();
    assertThat(server.http.get("/user/mine", "Authorization", ANNA).isHit()).isFalse();
  }

  @Test
  void securityHeaders_giveWayWhereAHandlerIsDeclared_andNowhereElse() {
    Script.teach("headers", (request, response) -> {});
    Answer open = server.http.get("/public/headers");
    Answer hit = server.http.get("/public/headers");
    Answer other = server.http.get("/private");
    assertThat(open.header("Cache-Control")).isEqualTo("public, no-cache");
    assertThat(hit.isHit()).isTrue();
    assertThat(hit.header("Cache-Control")).isEqualTo("public, no-cache");
    assertThat(hit.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(other.header("Cache-Control"))
        .isEqualTo("no-cache, no-store, max-age=0, must-revalidate");
    assertThat(other.cacheStatus()).isEmpty();
  }

  @Test
  void securityHeaders_areSpokenOfAtStart(CapturedOutput output) {
    try (ScriptedServer second = new ScriptedServer(List.of())) {
      assertThat(output)
          .contains("Spring Security sends \"Cache-Control: no-cache, no-store")
          .contains("Script.open");
    }
  }

  @Test
  void tenThousandTimesNoCache_runTheHandlerOnce() throws Exception {
    Script.teach("storm", (request, response) -> {});
    try (RawClient client = new RawClient(server.http.port())) {
      for (int i = 0; i < 10_000; i++) {
        client.get("/public/storm", "Cache-Control: no-cache");
      }
    }
    assertThat(Script.calls("storm")).isEqualTo(1);
  }

  @Test
  void noCache_isGrantedUpToTheLimit() throws Exception {
    try (ScriptedServer limited =
            new ScriptedServer(List.of("larder.web.client-refreshes-per-second=5"));
        RawClient client = new RawClient(limited.http.port())) {
      Script.teach("granted", (request, response) -> {});
      client.get("/public/granted");
      for (int second = 0; second < 4; second++) {
        for (int i = 0; i < 250; i++) {
          client.get("/public/granted", "Cache-Control: no-cache");
        }
        limited.time.advance(Duration.ofSeconds(1));
      }
      assertThat(Script.calls("granted")).isEqualTo(1 + 4 * 5);
    }
  }

  @Test
  void staleResponse_isServedAtOnce_andRefreshedAfterIt() {
    Script.teach("stale", (request, response) -> {});
    assertThat(server.http.get("/stale/stale").body()).isEqualTo("stale 1");
    server.time.advance(Duration.ofSeconds(90));
    Answer stale = server.http.get("/stale/stale");
    assertThat(stale.body()).isEqualTo("stale 1");
    assertThat(stale.cacheStatus()).isEqualTo("larder; hit; ttl=-30");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(server.http.get("/stale/stale").body()).isEqualTo("stale 2"));
    assertThat(Script.calls("stale")).isEqualTo(2);
  }

  @Test
  void staleResponse_isNotServedAfterAnInvalidation() {
    Script.teach("ended", (request, response) -> {});
    server.http.get("/stale/ended");
    server.time.advance(Duration.ofSeconds(90));
    server.larder.clear();
    assertThat(server.http.get("/stale/ended").body()).isEqualTo("ended 2");
  }

  @Test
  void failingHandler_isStoodInForByAStaleResponse() {
    AtomicInteger status = new AtomicInteger(200);
    Script.teach("failing", (request, response) -> response.setStatus(status.get()));
    server.http.get("/public/failing");
    server.time.advance(Duration.ofMinutes(11));
    status.set(503);
    Answer standIn = server.http.get("/public/failing");
    assertThat(standIn.status()).isEqualTo(200);
    assertThat(standIn.body()).isEqualTo("failing 1");
    assertThat(standIn.cacheStatus()).contains("the handler failed");
    server.larder.clear();
    assertThat(server.http.get("/public/failing").status()).isEqualTo(503);
  }

  @Test
  void throwingHandler_failsItsRequestAsWithoutACache() {
    Script.teach("throwing", (request, response) -> {
      throw new IllegalStateException("no");
    });
    assertThat(server.http.get("/public/throwing").status()).isEqualTo(500);
    assertThat(server.http.get("/public/throwing").status()).isEqualTo(500);
    assertThat(Script.calls("throwing")).isEqualTo(2);
  }

  @Test
  void tags_areSentWhereTheyAreWanted() {
    try (ScriptedServer tagging =
        new ScriptedServer(List.of("larder.web.tag-header=surrogate-key"))) {
      Script.teach("tagged", (request, response) -> {});
      Answer answer = tagging.http.get("/user/tagged", "Authorization", BEN);
      assertThat(answer.header("Surrogate-Key")).isEqualTo("of:ben");
      assertThat(server
              .http
              .get("/user/tagged", "Authorization", BEN)
              .response()
              .headers()
              .map())
          .doesNotContainKey("surrogate-key");
    }
  }

  @Test
  void disabled_nothingIsCached() {
    try (ScriptedServer off =
        new ScriptedServer(TestServer.settings(Map.of("larder.web.enabled", "false")))) {
      Script.teach("off", (request, response) -> {});
      off.http.get("/public/off");
      assertThat(off.http.get("/public/off").cacheStatus()).isEmpty();
      assertThat(Script.calls("off")).isEqualTo(2);
    }
  }
}
