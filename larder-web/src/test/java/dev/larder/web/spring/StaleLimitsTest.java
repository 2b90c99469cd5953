package dev.larder.web.spring;

import static dev.larder.web.spring.Case.that;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.CacheStats;
import dev.larder.web.TestServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handler may forbid what its declaration allows with a stale response; errors that are stored. */
class StaleLimitsTest {

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("larder.web.pass-for=0s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Fresh for a minute; served for ten more while it is refreshed, if the handler lets it be. */
  private static List<Case> whileRefreshing() {
    return List.of(
        stale("nothing said", "max-age=60").after(659).hit(),
        stale("nothing said, past the declared time", "max-age=60").after(661).miss(),
        stale("must-revalidate", "max-age=60, must-revalidate").after(61).miss(),
        stale("proxy-revalidate", "max-age=60, proxy-revalidate").after(61).miss(),
        stale("s-maxage", "s-maxage=60").after(61).miss(),
        stale("s-maxage with stale-while-revalidate", "s-maxage=60, stale-while-revalidate=90")
            .after(149)
            .hit(),
        stale("stale-while-revalidate is over", "max-age=60, stale-while-revalidate=30")
            .after(91)
            .miss(),
        stale("must-revalidate over it", "max-age=60, must-revalidate, stale-while-revalidate=30")
            .after(61)
            .miss());
  }

  private static Case stale(String name, String control) {
    return that(name).sends("Cache-Control", control);
  }

  @TestFactory
  Stream<DynamicNode> staleFor() {
    return Case.tests(server, "stale", Map.of("staleFor", whileRefreshing()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60|200",
        "max-age=60, must-revalidate|503",
        "max-age=60, proxy-revalidate|503",
        "s-maxage=60|503",
        "s-maxage=60, stale-if-error=30|200",
        "max-age=60, stale-if-error=5|503"
      })
  void staleIfError(String control, int answered) {
    String name = "error" + Integer.toHexString(control.hashCode());
    Script.teach(name, (request, response) -> {
      response.setHeader("Cache-Control", control);
      response.setStatus(Script.calls(name) == 1 ? 200 : 503);
    });
    server.http.get("/public/" + name);
    server.time.advance(Duration.ofSeconds(70));
    Answer answer = server.http.get("/public/" + name);
    assertThat(answer.status()).isEqualTo(answered);
    assertThat(Script.calls(name)).isEqualTo(2);
  }

  /** Of 5xx only what the handler names a lifetime for, and where the declaration takes the status. */
  @TestFactory
  Stream<DynamicNode> storedErrors() {
    return Case.tests(
        server,
        "failing",
        Map.of(
            "5xx",
            List.of(
                stale("503 with max-age", "max-age=60").status(503).after(59).hit(),
                stale("503, its max-age over", "max-age=60")
                    .status(503)
                    .after(61)
                    .miss(),
                that("500 with Expires")
                    .status(500)
                    .sends("Expires", "Thu, 18 Aug 2050 02:01:18 GMT")
                    .hit(),
                that("503 that says nothing").status(503).miss(),
                stale("503 that says public", "public").status(503).miss(),
                stale("502 is not declared", "max-age=60").status(502).miss())));
  }

  /** A request that finds nothing is one lookup, whether or not stale ones are served. */
  @Test
  void aMissIsCountedOnce() {
    Script.teach("counted", (request, response) -> {});
    CacheStats before = stats();
    server.http.get("/stale/counted");
    assertThat(stats().misses()).isEqualTo(before.misses() + 1);
    assertThat(stats().hits()).isEqualTo(before.hits());
    server.http.get("/stale/counted");
    server.http.get("/stale/counted", "Cache-Control", "only-if-cached");
    assertThat(stats().misses()).isEqualTo(before.misses() + 1);
    assertThat(stats().hits()).isEqualTo(before.hits() + 2);
  }

  private static CacheStats stats() {
    return server.larder.stats().stream()
        .filter(cache -> cache.cache().equals("http.Script.stale"))
        .findFirst()
        .orElseThrow();
  }
}
