package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.stats.CacheStats;
import dev.larder.web.TestServer.Answer;
import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a handler is asked whether a response still holds, when never, and for whom. */
class RevalidationLimitsTest extends Revalidated {

  @BeforeAll
  static void start() {
    open();
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
  void invalidated_isMadeAnew() {
    teachHolding("ended", "\"a\"");
    get("ended");
    server.time.advance(PAST_TTL);
    server.larder.invalidateTags("revalidated:ended");
    assertThat(get("ended").body()).isEqualTo("ended 2");
    assertThat(SEEN.get("ended")).isEmpty();
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
