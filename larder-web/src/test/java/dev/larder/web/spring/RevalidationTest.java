package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Loading;
import dev.larder.web.Scope;
import dev.larder.web.TestServer.Answer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** A handler is asked whether a stale response still holds, and its answer is kept to. */
class RevalidationTest extends Revalidated {

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

  @BeforeAll
  static void start() {
    open(Versions.class);
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
}
