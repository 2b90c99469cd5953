package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.stats.RequestStats;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import dev.larder.web.TestServer.Answer;
import dev.larder.web.request.RequestFigures;
import dev.larder.web.request.RequestLookups;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What requests are told to have done with caches on a real Redis. */
class RequestFiguresIT {

  private static final Pattern TIMING = Pattern.compile(
      "cache;desc=\"([^\"]*)\";dur=(\\d+\\.\\d\\d)(, cache-look;dur=\\d+\\.\\d\\d)?(,"
          + " cache-load;dur=\\d+\\.\\d\\d)?");

  private static EmbeddedRedis redis;
  private static Larder here;
  private static Larder there;
  private static TestServer server;
  private static Cache<String, String> words;
  private static Cache<String, String> nested;
  private static Cache<String, String> limited;
  private static Cache<String, String> elsewhere;
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  @RestController
  static class Handlers {

    @GetMapping("/words/{word}")
    String word(@PathVariable String word) {
      return String.valueOf(words.get(word, key -> key + "!"));
    }

    @GetMapping("/many")
    String many() {
      List<String> keys = List.of("m1", "m2", "m3", "m4");
      return words.getAll(keys, RequestFiguresIT::shout).values().toString();
    }

    /** A load that asks another cache, whose loader takes its time. */
    @GetMapping("/nested/{word}")
    String nested(@PathVariable String word) {
      return String.valueOf(nested.get(word, key -> words.get(key, RequestFiguresIT::slowly)));
    }

    /** A load with a time-out, so on another thread. */
    @GetMapping("/limited/{word}")
    String limited(@PathVariable String word) {
      return String.valueOf(limited.get(word, key -> words.get(key, inner -> inner + "!")));
    }

    @GetMapping("/look/{word}")
    String look(@PathVariable String word) {
      return String.valueOf(words.get(word).orNull());
    }

    /** More than any buffer holds; the second lookup is made when the first bytes have left. */
    @GetMapping("/streamed/{word}")
    void streamed(@PathVariable String word, HttpServletResponse response) throws IOException {
      words.get(word, key -> key);
      byte[] block = new byte[64 * 1024];
      for (int i = 0; i < 64; i++) {
        response.getOutputStream().write(block);
      }
      words.get(word, key -> key);
    }

    /** All bytes at once, of the declared length. */
    @GetMapping("/exact")
    void exact(HttpServletResponse response) throws IOException {
      words.get("exact", key -> key);
      response.setContentLength(5);
      response.getOutputStream().write("exact".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      response.getOutputStream().close();
    }

    @GetMapping("/written")
    void written(HttpServletResponse response) throws IOException {
      response.setContentType("text/plain;charset=UTF-8");
      words.get("written", key -> key);
      response.getWriter().print("é".repeat(100_000));
      words.get("written", key -> key);
    }

    @GetMapping("/refused")
    void refused(HttpServletResponse response) throws IOException {
      words.get("refused", key -> key);
      response.sendError(409);
    }

    @GetMapping("/later/{word}")
    Callable<String> later(@PathVariable String word) {
      RequestFigures figures = RequestFigures.current().orElseThrow();
      words.get(word, key -> key);
      return () -> {
        RequestFigures.Binding bound = figures.bind();
        try {
          return String.valueOf(words.get(word, key -> key));
        } finally {
          bound.close();
        }
      };
    }

    @CachedResponse(scope = Scope.PUBLIC, ttl = "1h")
    @GetMapping(path = "/page/{word}", produces = "text/plain")
    String page(@PathVariable String word) {
      return "page " + words.get(word, key -> key);
    }
  }

  private static Map<String, String> shout(Collection<String> keys) {
    Map<String, String> all = new LinkedHashMap<>();
    keys.forEach(key -> all.put(key, key + "!"));
    return all;
  }

  private static String slowly(String key) {
    long until = System.nanoTime() + Duration.ofMillis(20).toNanos();
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return key;
  }

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    here = Larder.builder()
        .keyPrefix("web")
        .redis(redis.uri())
        .listener(new RequestLookups())
        .build();
    there = Larder.builder().keyPrefix("web").redis(redis.uri()).build();
    words = here.cache("words", policy());
    elsewhere = there.cache("words", policy());
    nested = here.cache("nested", policy());
    limited = here.cache(
        "limited",
        CachePolicy.of(String.class, String.class)
            .hardTimeout(Duration.ofMinutes(1))
            .build());
    Logger logger = (Logger) LoggerFactory.getLogger("dev.larder.request");
    LOG.start();
    server = TestServer.start(
        here,
        List.of("larder.web.server-timing=true", "logging.level.dev.larder.request=debug"),
        Handlers.class,
        OpenSecurity.class);
    logger.addAppender(LOG);
    logger.setLevel(Level.DEBUG);
  }

  private static CachePolicy<String, String> policy() {
    return CachePolicy.of(String.class, String.class).build();
  }

  @AfterAll
  static void stop() {
    ((Logger) LoggerFactory.getLogger("dev.larder.request")).detachAppender(LOG);
    server.close();
    here.close();
    there.close();
    redis.close();
  }

  @BeforeEach
  void forget() {
    LOG.list.clear();
  }

  private static String timing(Answer answer) {
    Matcher timing = TIMING.matcher(answer.header("Server-Timing"));
    assertThat(timing.matches()).as("headers %s", answer.response().headers()).isTrue();
    return timing.group(1);
  }

  private static double millis(Answer answer) {
    Matcher timing = TIMING.matcher(answer.header("Server-Timing"));
    assertThat(timing.matches()).isTrue();
    return Double.parseDouble(timing.group(2));
  }

  /** They are added when the response is out, so the client may be faster. */
  private static RequestStats stats(String route, int requests) {
    return await()
        .until(
            () -> here.figures().requests().stream()
                .filter(each -> each.route().equals(route))
                .findFirst(),
            found -> found.isPresent() && found.get().requests() >= requests)
        .orElseThrow();
  }

  private static List<String> lines() {
    return new ArrayList<>(LOG.list)
        .stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void loadThenL1_thenL2OfAnotherNode() {
    assertThat(timing(server.get("/words/one"))).isEqualTo("miss 1");
    assertThat(timing(server.get("/words/one"))).isEqualTo("L1 1");
    elsewhere.get("two", key -> "two");
    Answer fromL2 = server.get("/words/two");
    assertThat(timing(fromL2)).isEqualTo("L2 1");
    assertThat(fromL2.header("Server-Timing")).contains("cache-look").doesNotContain("cache-load");
  }

  @Test
  void manyKeys_areCountedEach() {
    elsewhere.get("m1", key -> "x");
    words.get("m2", key -> "y");
    assertThat(timing(server.get("/many"))).isEqualTo("L1 1, L2 1, miss 2");
  }

  @Test
  void lookWithoutALoader_isCounted_onTheThreadThatAsked() {
    elsewhere.get("looked", key -> "x");
    assertThat(timing(server.get("/look/looked"))).isEqualTo("L2 1");
    assertThat(timing(server.get("/look/nowhere"))).isEqualTo("miss 1");
  }

  @Test
  void loadWithinALoad_countsItsTimeOnce() {
    Answer answer = server.get("/nested/n");
    assertThat(timing(answer)).isEqualTo("miss 2");
    RequestStats nestedOnes = stats("GET /nested/{word}", 1);
    assertThat(nestedOnes.loads()).isEqualTo(2);
    assertThat(nestedOnes.loadNanos()).isBetween(20_000_000L, nestedOnes.requestNanos());
    // What the inner lookup took is part of the outer load, which took longer than the inner one.
    assertThat(millis(answer)).isGreaterThanOrEqualTo(20);
    assertThat(nestedOnes.loadNanos() + nestedOnes.lookNanos())
        .isLessThanOrEqualTo(nestedOnes.requestNanos());
  }

  @Test
  void loadOnAnotherThread_belongsToTheRequestThatWaitsForIt() {
    assertThat(timing(server.get("/limited/l"))).isEqualTo("miss 2");
    assertThat(stats("GET /limited/{word}", 1).loads()).isEqualTo(2);
  }

  @Test
  void streamedBody_saysWhatWasKnownWhenItLeft_theTotalsSayAll() {
    Answer answer = server.get("/streamed/s");
    assertThat(answer.response().body()).hasSize(64 * 64 * 1024);
    assertThat(timing(answer)).isEqualTo("miss 1");
    RequestStats streamed = stats("GET /streamed/{word}", 1);
    assertThat(streamed.misses()).isEqualTo(1);
    assertThat(streamed.l1Hits()).isEqualTo(1);
    assertThat(timing(server.get("/written"))).isEqualTo("miss 1");
    assertThat(timing(server.get("/exact"))).isEqualTo("miss 1");
    Answer refused = server.get("/refused");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(timing(refused)).isEqualTo("miss 1");
  }

  @Test
  void asynchronousAnswer_endsWithItsLastThread() {
    Answer answer = server.get("/later/a");
    assertThat(timing(answer)).isEqualTo("L1 1, miss 1");
    RequestStats later = stats("GET /later/{word}", 1);
    assertThat(later.requests()).isEqualTo(1);
    assertThat(later.l1Hits()).isEqualTo(1);
  }

  @Test
  void responseOutOfTheCache_hasItsPattern_andCacheStatusStays() {
    Answer made = server.get("/page/p");
    assertThat(made.isStored()).isTrue();
    assertThat(timing(made)).isEqualTo("miss 2");
    Answer hit = server.get("/page/p");
    assertThat(hit.isHit()).isTrue();
    assertThat(timing(hit)).isEqualTo("L1 1");
    RequestStats pages = stats("GET /page/{word}", 2);
    assertThat(pages.requests()).isEqualTo(2);
    assertThat(pages.hitRate()).isEqualTo(1 / 3.0);
  }

  @Test
  void logLine_namesThePattern_neverWhatTheUserWrote() {
    server.get("/words/my-secret-word");
    // The line is written when the response is out.
    await()
        .untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.startsWith("GET /words/")));
    assertThat(lines())
        .filteredOn(line -> line.startsWith("GET /words/"))
        .singleElement()
        .asString()
        .startsWith("GET /words/{word} status=200 hits=0 l1=0 l2=0 database=0 stale=0 misses=1"
            + " ratio=0.00 loads=1 look=")
        .doesNotContain("secret");
    assertThat(LOG.list.get(LOG.list.size() - 1).getKeyValuePairs().toString())
        .contains("route=\"GET /words/{word}\"")
        .contains("misses=\"1\"");
    server.get("/nothing-here/my-secret-word");
    assertThat(lines().toString()).doesNotContain("secret");
  }

  @Test
  void randomPathsAndMethods_makeABoundedNumberOfRoutes() {
    for (int i = 0; i < 5_000; i++) {
      server.get("/words/w" + i % 10 + "?q=" + i);
      server.get("/random/" + i + "/" + Integer.toHexString(i * 31));
    }
    server.send("PROPFIND", "/random/1");
    List<RequestStats> all = here.figures().requests();
    assertThat(all).hasSizeLessThan(30);
    assertThat(all.stream().map(RequestStats::route))
        .noneMatch(route -> route.contains("/random/1") || route.contains("w1"))
        .anyMatch(route -> route.startsWith("OTHER "));
    assertThat(stats("GET /words/{word}", 5_000).requests()).isGreaterThanOrEqualTo(5_000);
  }
}
