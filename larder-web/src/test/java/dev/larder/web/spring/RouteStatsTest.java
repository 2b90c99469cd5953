package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.stats.RouteStats;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** What is counted of each route, over HTTP. */
class RouteStatsTest {

  @RestController
  static class Handlers {

    @CachedResponse(ttl = "1h", scope = Scope.PUBLIC, vary = "X-Region")
    @GetMapping(path = "/good/{id}", produces = "text/plain")
    String good(@PathVariable String id) {
      return "good";
    }

    @CachedResponse(ttl = "1h", scope = Scope.PUBLIC)
    @GetMapping(path = "/nosy", produces = "text/plain")
    String nosy(HttpServletRequest request) {
      return String.valueOf(request.getHeader("X-Forwarded-Host"));
    }

    @CachedResponse(ttl = "1h", scope = Scope.PUBLIC)
    @GetMapping(path = "/all", produces = "text/plain")
    String all(HttpServletRequest request) {
      for (String name : Collections.list(request.getHeaderNames())) {
        request.getHeader(name);
      }
      return "all";
    }

    @CachedResponse(ttl = "1h", scope = Scope.PUBLIC)
    @GetMapping(path = "/missing", produces = "text/plain")
    ResponseEntity<String> missing() {
      return ResponseEntity.status(404).body("no");
    }

    @CachedResponse(ttl = "1h")
    @GetMapping(path = "/anonymous", produces = "text/plain")
    String anonymous() {
      return "hello";
    }

    @CachedResponse(ttl = "1h", scope = Scope.PUBLIC)
    @GetMapping(path = "/broken", produces = "text/plain")
    String broken() {
      throw new IllegalStateException("it is broken");
    }

    @CachedResponse(ttl = "1s", revalidateFor = "1d", scope = Scope.PUBLIC)
    @GetMapping(path = "/report", produces = "text/plain")
    ResponseEntity<String> report(WebRequest request) {
      return request.checkNotModified("v1")
          ? ResponseEntity.status(304)
              .eTag("v1")
              .header("Cache-Control", "no-cache")
              .build()
          : ResponseEntity.ok().eTag("v1").header("Cache-Control", "no-cache").body("report");
    }
  }

  private Larder larder;
  private TestServer server;

  @BeforeEach
  void start() {
    larder = Larder.builder().keyPrefix("web").build();
    server = TestServer.start(larder, List.of(), Handlers.class, OpenSecurity.class);
  }

  @AfterEach
  void stop() {
    server.close();
    larder.close();
  }

  private RouteStats route(String pattern) {
    return larder.figures().routes().stream()
        .filter(route -> route.route().endsWith(") " + pattern))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void storedAndHit_areTold_byPattern_withVariants_and304() {
    server.get("/good/1", "X-Region", "eu");
    server.get("/good/1", "X-Region", "eu");
    server.get("/good/1", "X-Region", "us");
    String etag = server.get("/good/2", "X-Region", "eu").header("ETag");
    assertThat(server.get("/good/2", "X-Region", "eu", "If-None-Match", etag).status())
        .isEqualTo(304);
    RouteStats good = route("/good/{id}");
    assertThat(good.stored()).isEqualTo(3);
    assertThat(good.hits()).isEqualTo(2);
    assertThat(good.notModified()).isEqualTo(1);
    assertThat(good.variants()).isEqualTo(2);
    assertThat(good.requests()).isEqualTo(5);
    assertThat(good.route()).startsWith(Handlers.class.getName() + ".good(String)");
    assertThat(good.bypassed()).isEmpty();
    assertThat(good.notStored()).isEmpty();
  }

  @Test
  void unkeyedInput_isNamed_andLaterRequestsGoRound() {
    server.get("/nosy");
    server.get("/nosy");
    RouteStats nosy = route("/nosy");
    assertThat(nosy.notStored()).containsOnly(java.util.Map.entry("not in the key", 1L));
    assertThat(nosy.unkeyed()).containsOnly(java.util.Map.entry("header X-Forwarded-Host", 1L));
    assertThat(nosy.bypassed()).containsOnly(java.util.Map.entry("not in the key", 1L));
    assertThat(nosy.requests()).isEqualTo(2);
  }

  @Test
  void namesThatAClientMakesUp_areBounded() {
    String[] headers = new String[120];
    for (int i = 0; i < 60; i++) {
      headers[2 * i] = "X-Made-Up-" + i;
      headers[2 * i + 1] = "secret-value";
    }
    server.get("/all", headers);
    RouteStats all = route("/all");
    assertThat(all.unkeyed()).hasSizeLessThanOrEqualTo(21).containsKey(RouteStats.OTHERS);
    assertThat(all.toString()).doesNotContain("secret-value");
  }

  @Test
  void reasons_areTold() {
    server.get("/missing");
    assertThat(route("/missing").notStored()).containsOnlyKeys("status 404");
    server.get("/anonymous", "Authorization", "Bearer x");
    server.get("/anonymous", "If-Match", "\"x\"");
    assertThat(route("/anonymous").bypassed())
        .containsOnlyKeys(
            "the request has Authorization", "a precondition that only the handler can judge");
    assertThat(server.get("/broken").status()).isEqualTo(500);
    assertThat(route("/broken").notStored()).hasSize(1);
    assertThat(route("/broken").requests()).isEqualTo(1);
  }

  @Test
  void handlerThatConfirms_isCounted() {
    server.get("/report");
    server.get("/report");
    RouteStats report = route("/report");
    assertThat(report.stored()).isEqualTo(2);
    assertThat(report.confirmed()).isEqualTo(1);
  }

  @Test
  void management_givesTheRoutesOfThisNode() {
    server.get("/good/1");
    server.get("/good/1");
    assertThat(larder.management().routes().routes())
        .filteredOn(route -> route.route().endsWith(" /good/{id}"))
        .singleElement()
        .satisfies(route -> assertThat(route.hits()).isEqualTo(1));
  }
}
