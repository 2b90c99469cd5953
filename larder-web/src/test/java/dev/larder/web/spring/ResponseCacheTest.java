package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.stats.CacheStats;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import dev.larder.web.TestServer.Answer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Handlers with the annotations, over HTTP. */
class ResponseCacheTest {

  // docs:example
  @RestController
  static class Albums {

    record Album(long id, String title, int plays) {}

    final AtomicInteger calls = new AtomicInteger();

    @CachedResponse(ttl = "1h", tags = "album:#{#id}", scope = Scope.PUBLIC)
    @GetMapping("/albums/{id}")
    Album album(@PathVariable long id) {
      return new Album(id, "Blue", calls.incrementAndGet());
    }

    @CachedPage(tags = {"albums", "genre:#{#genre}"})
    @GetMapping(path = "/albums", produces = "text/html")
    String list(@RequestParam(defaultValue = "all") String genre, Locale locale) {
      return "<h1>" + genre + " " + locale.getLanguage() + " " + calls.incrementAndGet() + "</h1>";
    }

    @PutMapping("/albums/{id}")
    void rename(@PathVariable long id) {}
    // docs:end

    @DeleteMapping("/albums/{id}")
    ResponseEntity<Void> refuse(@PathVariable long id) {
      return ResponseEntity.badRequest().build();
    }

    @CachedResponse
    @GetMapping("/later")
    DeferredResult<String> later() {
      DeferredResult<String> result = new DeferredResult<>();
      result.setResult("later " + calls.incrementAndGet());
      return result;
    }

    @CachedResponse
    @GetMapping("/large")
    byte[] large() {
      calls.incrementAndGet();
      return new byte[3 * 1024 * 1024];
    }

    @CachedResponse
    @GetMapping(path = "/visits", produces = "text/plain")
    ResponseEntity<String> visits(jakarta.servlet.http.HttpServletRequest request) {
      return ResponseEntity.ok().eTag("v1").body("from " + request.getRemoteAddr());
    }

    @GetMapping("/plain")
    String plain() {
      return "plain " + calls.incrementAndGet();
    }
  }

  private static Larder larder;
  private static TestServer server;
  private static Albums albums;

  @BeforeAll
  static void start() {
    larder = Larder.builder().keyPrefix("web").build();
    server = TestServer.start(larder, List.of(), Albums.class, OpenSecurity.class);
    albums = server.bean(Albums.class);
  }

  @AfterAll
  static void stop() {
    server.close();
    larder.close();
  }

  @BeforeEach
  void empty() {
    larder.clear();
    albums.calls.set(0);
  }

  @Test
  void switchedOff_eachRequestReachesTheHandler_andNothingIsStored() {
    server.get("/albums/7");
    larder.switches().all().off();
    try {
      Answer off = server.get("/albums/7");
      assertThat(off.cacheStatus()).isEqualTo("larder; fwd=bypass; detail=\"switched off\"");
      assertThat(off.body()).contains("\"plays\":2");
      assertThat(server.get("/albums/7").body()).contains("\"plays\":3");
      assertThat(server.get("/albums/8").body()).contains("\"plays\":4");
      server.send("PUT", "/albums/7");
    } finally {
      larder.switches().all().on();
    }
    assertThat(server.get("/albums/7").body()).contains("\"plays\":5");
    assertThat(server.get("/albums/8").cacheStatus()).startsWith("larder; fwd=miss");
  }

  @Test
  void secondRequest_isAHit() {
    Answer first = server.get("/albums/7");
    Answer second = server.get("/albums/7");
    assertThat(first.cacheStatus()).startsWith("larder; fwd=miss; fwd-status=200; stored");
    assertThat(second.cacheStatus()).startsWith("larder; hit; ttl=3");
    assertThat(second.body()).isEqualTo(first.body()).contains("\"plays\":1");
    assertThat(second.header("Content-Type")).isEqualTo("application/json");
    assertThat(second.header("Cache-Control")).isEqualTo("public, no-cache");
    assertThat(second.header("Age")).isEqualTo("0");
    assertThat(second.header("Vary")).isEqualTo("Accept");
  }

  @Test
  void tag_endsTheEntry() {
    server.get("/albums/7");
    server.get("/albums/8");
    larder.invalidateTags("album:7");
    assertThat(server.get("/albums/7").isHit()).isFalse();
    assertThat(server.get("/albums/8").isHit()).isTrue();
  }

  @Test
  void etag_isAnsweredWithoutTheHandler_andChangesWithTheResponse() {
    String etag = server.get("/albums/7").header("ETag");
    Answer same = server.get("/albums/7", "If-None-Match", "\"other\", W/" + etag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(etag);
    assertThat(albums.calls).hasValue(1);
    larder.invalidateTags("album:7");
    Answer changed = server.get("/albums/7", "If-None-Match", etag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(etag);
  }

  @Test
  void page_hasAVariantForEachLanguage_andIsSharedByEqualOnes() {
    Answer german = server.get("/albums?genre=jazz", "Accept-Language", "de-DE, de;q=0.8");
    Answer french = server.get("/albums?genre=jazz", "Accept-Language", "fr");
    Answer again = server.get("/albums?utm=x&genre=jazz", "Accept-Language", "DE-de,de;q=0.80");
    assertThat(german.body()).isEqualTo("<h1>jazz de 1</h1>");
    assertThat(french.body()).isEqualTo("<h1>jazz fr 2</h1>");
    assertThat(again.isHit()).isTrue();
    assertThat(again.body()).isEqualTo(german.body());
    assertThat(again.header("Vary")).contains("Accept-Language").contains("Cookie");
  }

  @Test
  void head_isAnsweredFromTheResponseToGet() {
    Answer head = server.send("HEAD", "/albums/7");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    Answer get = server.get("/albums/7");
    assertThat(get.isHit()).isTrue();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
  }

  @Test
  void write_endsAllVariantsOfTheResource_ifItSucceeds() {
    server.get("/albums/7");
    server.get("/albums/7", "Accept", "application/*");
    server.get("/albums/8");
    server.send("DELETE", "/albums/7");
    assertThat(server.get("/albums/7").isHit()).isTrue();
    server.send("PUT", "/albums/7");
    assertThat(server.get("/albums/7").isHit()).isFalse();
    assertThat(server.get("/albums/7", "Accept", "application/*").isHit()).isFalse();
    assertThat(server.get("/albums/8").isHit()).isTrue();
  }

  @Test
  void asynchronousAnswer_isPassedOn() {
    Answer first = server.get("/later");
    assertThat(first.body()).isEqualTo("later 1");
    assertThat(first.cacheStatus())
        .isEqualTo("larder; fwd=miss; detail=\"answered asynchronously\"");
    Answer second = server.get("/later");
    assertThat(second.body()).isEqualTo("later 2");
    assertThat(second.cacheStatus()).contains("asynchronous");
  }

  @Test
  void longBody_isPassedOnWhole() {
    assertThat(server.get("/large").response().body()).hasSize(3 * 1024 * 1024);
    assertThat(server.get("/large").cacheStatus()).contains("longer than 1048576 bytes");
    assertThat(albums.calls).hasValue(2);
  }

  @Test
  void conditionOnAResponseThatIsNotStored_isJudgedAllTheSame() {
    Answer same = server.get("/visits", "If-None-Match", "\"v1\"");
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.cacheStatus()).contains("fwd=miss").contains("remote address");
    Answer other = server.get("/visits", "If-None-Match", "\"v0\"");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("ETag")).isEqualTo("\"v1\"");
  }

  @Test
  void handlerWithoutAnnotation_isUntouched() {
    assertThat(server.get("/plain").cacheStatus()).isEmpty();
    assertThat(server.get("/plain").body()).isEqualTo("plain 2");
  }

  @Test
  void everyHandler_hasItsOwnCacheAndCounts() {
    CacheStats before = album();
    server.get("/albums/7");
    server.get("/albums/7");
    server.get("/albums/7");
    CacheStats after = album();
    assertThat(after.misses() - before.misses()).isEqualTo(1);
    assertThat(after.l1Hits() - before.l1Hits()).isEqualTo(2);
    assertThat(larder.cacheNames()).contains("http.Albums.album", "http.Albums.list");
  }

  private static CacheStats album() {
    return larder.stats().stream()
        .filter(stats -> stats.cache().equals("http.Albums.album"))
        .findFirst()
        .orElseThrow();
  }
}
