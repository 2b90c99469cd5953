package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Loading;
import dev.larder.stats.CacheStats;
import dev.larder.web.Scope;
import dev.larder.web.TestServer.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** A handler is asked whether a stale response still holds; never for one that was invalidated. */
class RevalidationTest {

  private static final Duration PAST_TTL = Duration.ofSeconds(61);

  @RestController
  static class Versions {

    record Report(long id, int rendered) {}

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger rendered = new AtomicInteger();

    // docs:revalidation
    @CachedResponse(ttl = "30s", revalidateFor = "1d", scope = Scope.PUBLIC)
    @GetMapping("/reports/{id}")
    @Nullable Report report(@PathVariable long id, WebRequest request) {
      return request.checkNotModified(version(id)) ? null : render(id);
    }
    // docs:end

    private String version(long id) {
      return id + "-" + version.get();
    }

    private Report render(long id) {
      return new Report(id, rendered.incrementAndGet());
    }

    @CachedResponse(scope = Scope.PUBLIC, ttl = "1m", revalidateFor = "1h")
    @GetMapping("/versions")
    ResponseEntity<String> version() {
      return ResponseEntity.ok().eTag("v1").body("version " + asked.incrementAndGet());
    }
  }

  private static ScriptedServer server;

  /** The conditions that handlers saw, by case. */
  private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("larder.web.pass-for=0s"), Versions.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void see(String name, HttpServletRequest request) {
    SEEN.put(
        name,
        java.util.stream.Stream.of("If-None-Match", "If-Modified-Since")
            .map(request::getHeader)
            .filter(Objects::nonNull)
            .toList());
  }

  /** A handler whose response has this tag, and holds for whoever has it. */
  private static void teachHolding(String name, String etag) {
    Script.teach(name, (request, response) -> {
      see(name, request);
      response.setHeader("ETag", etag);
      holdsIf(etag.equals(request.getHeader("If-None-Match")), response);
      response.setHeader("X-Call", String.valueOf(Script.calls(name)));
    });
  }

  private static void holdsIf(boolean holds, HttpServletResponse response) {
    if (holds) {
      response.setStatus(304);
    }
  }

  private static Answer get(String name, String... headers) {
    return server.http.get("/revalidated/" + name, headers);
  }

  private static Answer getPastTtl(String name, String... headers) {
    get(name);
    server.time.advance(PAST_TTL);
    return get(name, headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "W/\"a\""})
  void stillHolds_bodyStaysUnderTheNewHead(String etag) {
    String name = "holds" + etag.length();
    teachHolding(name, etag);
    Answer answer = getPastTtl(name);
    assertThat(SEEN.get(name)).containsExactly(etag);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(name + " 1");
    assertThat(answer.header("X-Call")).isEqualTo("2");
    assertThat(answer.header("ETag")).isEqualTo(etag);
    assertThat(answer.header("Age")).isEqualTo("0");
    assertThat(answer.cacheStatus()).isEqualTo("larder; fwd=stale; fwd-status=304; stored; ttl=60");
    server.time.advance(Duration.ofSeconds(59));
    Answer fresh = get(name);
    assertThat(fresh.isHit()).isTrue();
    assertThat(fresh.body()).isEqualTo(name + " 1");
    assertThat(fresh.header("X-Call")).isEqualTo("2");
  }

  @Test
  void byDate() {
    String modified = "Mon, 01 Jan 2001 00:00:00 GMT";
    Script.teach("dated", (request, response) -> {
      see("dated", request);
      response.setHeader("Last-Modified", modified);
      response.setHeader("X-First", Script.calls("dated") == 1 ? "yes" : null);
      holdsIf(modified.equals(request.getHeader("If-Modified-Since")), response);
    });
    Answer answer = getPastTtl("dated");
    assertThat(SEEN.get("dated")).containsExactly(modified);
    assertThat(answer.body()).isEqualTo("dated 1");
    assertThat(answer.header("X-First")).isEqualTo("yes");
  }

  /** The tag that the cache made is none that the handler could know. */
  @Test
  void withoutAValidatorOfItsOwn_theHandlerIsNotAsked() {
    Script.teach("plain", (request, response) -> see("plain", request));
    Answer answer = getPastTtl("plain");
    assertThat(SEEN.get("plain")).isEmpty();
    assertThat(answer.body()).isEqualTo("plain 2");
  }

  @Test
  void handlerThatKnowsNothingOfConditions_replaces() {
    Script.teach("deaf", (request, response) -> response.setHeader("ETag", "\"a\""));
    Answer answer = getPastTtl("deaf");
    assertThat(answer.body()).isEqualTo("deaf 2");
    assertThat(answer.cacheStatus()).isEqualTo("larder; fwd=stale; fwd-status=200; stored; ttl=60");
  }

  @Test
  void springsOwnConditions() {
    assertThat(server.http.get("/versions").body()).isEqualTo("version 1");
    server.time.advance(PAST_TTL);
    Answer answer = server.http.get("/versions");
    assertThat(answer.body()).isEqualTo("version 1");
    assertThat(answer.cacheStatus()).contains("fwd-status=304");
  }

  @Test
  void springsCheck() {
    Versions versions = server.http.bean(Versions.class);
    String first = server.http.get("/reports/7").body();
    server.time.advance(PAST_TTL);
    Answer holds = server.http.get("/reports/7");
    assertThat(holds.cacheStatus()).contains("fwd-status=304; stored; ttl=30");
    assertThat(holds.body()).isEqualTo(first);
    assertThat(versions.rendered).hasValue(1);
    versions.version.incrementAndGet();
    server.time.advance(PAST_TTL);
    assertThat(server.http.get("/reports/7").cacheStatus()).contains("fwd-status=200");
    assertThat(versions.rendered).hasValue(2);
  }

  @Test
  void invalidated_isMadeAnew() {
    teachHolding("ended", "\"a\"");
    get("ended");
    server.time.advance(PAST_TTL);
    server.larder.invalidateTags("revalidated:ended");
    assertThat(get("ended").body()).isEqualTo("ended 2");
    assertThat(SEEN.get("ended")).isEmpty();
  }

  /** A handler that answers early does not come to where it names what its response is of. */
  @Test
  void tagsOfTheHandler_stay() {
    Script.teach("tagged", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      if (request.getHeader("If-None-Match") == null) {
        Objects.requireNonNull(Loading.current()).tag("of the handler");
      } else {
        response.setStatus(304);
      }
    });
    assertThat(getPastTtl("tagged").body()).isEqualTo("tagged 1");
    server.larder.invalidateTags("of the handler");
    assertThat(get("tagged").body()).isEqualTo("tagged 3");
  }

  @Test
  void conditionsOfTheClient_areJudgedByTheResult() {
    teachHolding("client", "\"a\"");
    Answer same = getPastTtl("client", "If-None-Match", "\"a\"");
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("ETag")).isEqualTo("\"a\"");
    Answer other = getPastTtl("client", "If-None-Match", "\"b\"");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.body()).isEqualTo("client 1");
    assertThat(SEEN.get("client")).containsExactly("\"a\"");
  }

  @Test
  void conditionsOfTheClient_areNotTheHandlers() {
    teachHolding("hidden", "\"a\"");
    Answer first = get("hidden", "If-None-Match", "\"a\"");
    assertThat(SEEN.get("hidden")).isEmpty();
    assertThat(first.status()).isEqualTo(304);
    assertThat(get("hidden").body()).isEqualTo("hidden 1");
  }

  @Test
  void head_asksToo() {
    teachHolding("head", "\"a\"");
    get("head");
    server.time.advance(PAST_TTL);
    Answer head = server.http.send("HEAD", "/revalidated/head");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("6");
    assertThat(get("head").isHit()).isTrue();
    assertThat(get("head").body()).isEqualTo("head 1");
  }

  /** A 304 for another version than the one that is stored confirms nothing. */
  @Test
  void anotherVersion_isMadeAnew() {
    Script.teach("other", (request, response) -> {
      see("other", request);
      boolean isFirst = Script.calls("other") == 1;
      response.setHeader("ETag", isFirst ? "\"a\"" : "\"b\"");
      holdsIf(request.getHeader("If-None-Match") != null, response);
    });
    Answer answer = getPastTtl("other");
    assertThat(answer.body()).isEqualTo("other 3");
    assertThat(answer.header("ETag")).isEqualTo("\"b\"");
    assertThat(SEEN.get("other")).isEmpty();
  }

  @Test
  void whatIsOfTheBody_isNotTakenFromA304() {
    Script.teach("body", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      boolean holds = request.getHeader("If-None-Match") != null;
      holdsIf(holds, response);
      response.setHeader("Content-Type", holds ? "text/html" : "text/plain;charset=UTF-8");
      response.setHeader("Content-Encoding", holds ? "br" : null);
      response.setHeader("Cache-Control", holds ? "max-age=20" : "max-age=50");
    });
    Answer answer = getPastTtl("body");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(answer.header("Content-Encoding")).isEmpty();
    assertThat(answer.cacheStatus()).endsWith("ttl=20");
  }

  /** What the first response said of freshness holds where the 304 says nothing. */
  @Test
  void lifetime_staysWhereThe304SaysNothing() {
    Script.teach("life", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      boolean holds = request.getHeader("If-None-Match") != null;
      holdsIf(holds, response);
      response.setHeader("Cache-Control", holds ? null : "max-age=30");
    });
    assertThat(getPastTtl("life").cacheStatus()).contains("fwd-status=304").endsWith("ttl=30");
  }

  @Test
  void unkeyedInputOfTheAnswer_isNotStored() {
    Script.teach("unkeyed", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      boolean holds = request.getHeader("If-None-Match") != null;
      holdsIf(holds && request.getHeader("X-Other") == null, response);
    });
    Answer answer = getPastTtl("unkeyed");
    assertThat(answer.cacheStatus()).contains("not in the key: header X-Other");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("unkeyed 1");
    assertThat(get("unkeyed").body()).isEqualTo("unkeyed 3");
  }

  @Test
  void pastItsTime_isForgotten() {
    teachHolding("late", "\"a\"");
    get("late");
    server.time.advance(Duration.ofMinutes(61));
    assertThat(get("late").body()).isEqualTo("late 2");
    assertThat(SEEN.get("late")).isEmpty();
  }

  /** A missing page has no version that could still hold. */
  @Test
  void otherThan2xx_isNotAskedFor() {
    Script.teach("gone", (request, response) -> {
      see("gone", request);
      response.setStatus(404);
      response.setHeader("ETag", "\"a\"");
    });
    assertThat(getPastTtl("gone").body()).isEqualTo("gone 2");
    assertThat(SEEN.get("gone")).isEmpty();
    server.http.get("/public/gone");
    server.time.advance(Duration.ofMinutes(11));
    assertThat(server.http.get("/public/gone").body()).isEqualTo("gone 4");
    assertThat(SEEN.get("gone")).isEmpty();
  }

  /** The client that gets such a response directly did not ask under the cache's conditions. */
  @Test
  void asynchronousAnswer_knowsNoConditions() {
    Script.teach("later", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      if (Script.calls("later") > 1) {
        AsyncContext later = request.startAsync();
        see("later", request);
        response.getWriter().print("made later ");
        later.complete();
      }
    });
    assertThat(getPastTtl("later").body()).startsWith("made later ");
    assertThat(SEEN.get("later")).isEmpty();
  }

  @Test
  void noCache_isAskedForBeforeEachUse() {
    Script.teach("always", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      response.setHeader("Cache-Control", "no-cache");
      holdsIf("\"a\"".equals(request.getHeader("If-None-Match")), response);
    });
    assertThat(get("always").body()).isEqualTo("always 1");
    Answer again = get("always");
    assertThat(again.body()).isEqualTo("always 1");
    assertThat(again.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(again.cacheStatus()).contains("fwd=stale; fwd-status=304");
    assertThat(get("always", "If-None-Match", "\"a\"").status()).isEqualTo(304);
    assertThat(Script.calls("always")).isEqualTo(3);
  }

  /** Without a validator there is nothing to ask by. */
  @Test
  void noCacheWithoutValidator_isNotStored() {
    Script.teach("never", (request, response) -> response.setHeader("Cache-Control", "no-cache"));
    assertThat(get("never").isStored()).isFalse();
  }

  /** Who came while the handler was asked was not asked for. */
  @Test
  void noCache_answersNobodyElse() {
    CountDownLatch open = new CountDownLatch(1);
    Script.teach("alone", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      response.setHeader("Cache-Control", "no-cache");
      open.await();
    });
    long waits = stats().waits();
    List<CompletableFuture<Answer>> answers = List.of(
        server.http.sendAsync("/revalidated/alone"), server.http.sendAsync("/revalidated/alone"));
    await().atMost(Duration.ofMinutes(1)).until(() -> stats().waits() > waits);
    open.countDown();
    assertThat(answers.stream().map(answer -> answer.join().body()))
        .containsExactlyInAnyOrder("alone 1", "alone 2");
  }

  private static CacheStats stats() {
    return server.larder.stats().stream()
        .filter(cache -> cache.cache().equals("http.Script.revalidated"))
        .findFirst()
        .orElseThrow();
  }

  /** Many at once: one is asked for all. */
  @Test
  void many_areAnsweredByOneQuestion() {
    CountDownLatch open = new CountDownLatch(1);
    Script.teach("many", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      if (request.getHeader("If-None-Match") != null) {
        response.setStatus(304);
        open.await();
      }
    });
    get("many");
    server.time.advance(PAST_TTL);
    long waits = stats().waits();
    List<CompletableFuture<Answer>> answers = List.of(
        server.http.sendAsync("/revalidated/many"), server.http.sendAsync("/revalidated/many"));
    await().atMost(Duration.ofMinutes(1)).until(() -> stats().waits() > waits);
    open.countDown();
    assertThat(answers.stream().map(answer -> answer.join().body()))
        .containsExactly("many 1", "many 1");
    assertThat(Script.calls("many")).isEqualTo(2);
  }

  @Test
  void staleFor_isAskedForBehindIt() {
    teachHolding("behind", "\"a\"");
    server.http.get("/stale/behind");
    server.time.advance(PAST_TTL);
    assertThat(server.http.get("/stale/behind").isHit()).isTrue();
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      Answer fresh = server.http.get("/stale/behind");
      assertThat(fresh.cacheStatus()).isEqualTo("larder; hit; ttl=60");
      assertThat(fresh.body()).isEqualTo("behind 1");
    });
    assertThat(SEEN.get("behind")).containsExactly("\"a\"");
  }

  @Test
  void staleIfError_standsInForAHandlerThatFailsWhenAsked() {
    Script.teach("failed", (request, response) -> {
      response.setHeader("ETag", "\"a\"");
      response.setStatus(Script.calls("failed") == 1 ? 200 : 503);
    });
    server.http.get("/public/failed");
    server.time.advance(Duration.ofMinutes(11));
    Answer answer = server.http.get("/public/failed");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("failed 1");
  }
}
