package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.manage.RouteReport;
import dev.larder.stats.RouteStats;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import dev.larder.web.TestServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Two instances of an application on one Redis: what one stores the other serves, and ends. */
class TwoInstancesIT {

  /** Common to both instances, as the database behind them would be. */
  private static final AtomicInteger CALLS = new AtomicInteger();

  private static final CountDownLatch OPEN = new CountDownLatch(1);

  @RestController
  static class Pages {

    @CachedResponse(scope = Scope.PUBLIC, ttl = "1h", tags = "page:#{#id}")
    @GetMapping(path = "/pages/{id}", produces = "text/plain")
    String page(@PathVariable String id) {
      return "page " + id + " " + CALLS.incrementAndGet();
    }

    @CachedResponse(scope = Scope.PUBLIC, ttl = "1h")
    @GetMapping(path = "/slow", produces = "text/plain")
    String slow() throws InterruptedException {
      OPEN.await(1, TimeUnit.MINUTES);
      return "slow " + CALLS.incrementAndGet();
    }
  }

  private static EmbeddedRedis redis;
  private static Larder here;
  private static Larder there;
  private static TestServer one;
  private static TestServer other;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    here = Larder.builder().keyPrefix("web").redis(redis.uri()).build();
    there = Larder.builder().keyPrefix("web").redis(redis.uri()).build();
    one = TestServer.start(here, List.of(), Pages.class, OpenSecurity.class);
    other = TestServer.start(there, List.of(), Pages.class, OpenSecurity.class);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    here.close();
    there.close();
    redis.close();
  }

  @Test
  void management_addsUpTheRoutesOfBothNodes_fromEither() {
    one.get("/pages/counted");
    one.get("/pages/counted");
    other.get("/pages/counted");
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      RouteReport report = there.management().routes();
      assertThat(report.nodes()).hasSize(2);
      assertThat(report.silent()).isEmpty();
      assertThat(report.routes())
          .filteredOn(route -> route.route().endsWith(" /pages/{id}"))
          .singleElement()
          .satisfies(route -> assertThat(route.requests())
              .isEqualTo(Stream.of(here, there)
                  .flatMap(node -> node.figures().routes().stream())
                  .filter(each -> each.route().equals(route.route()))
                  .mapToLong(RouteStats::requests)
                  .sum())
              .isGreaterThanOrEqualTo(3));
    });
    assertThat(there.management().sessions().nodes())
        .hasSize(2)
        .allSatisfy(node -> assertThat(node.sessions()).isEmpty());
  }

  @Test
  void whatOneStores_theOtherServes() {
    Answer stored = one.get("/pages/shared");
    Answer served = other.get("/pages/shared");
    assertThat(stored.isStored()).isTrue();
    assertThat(served.isHit()).isTrue();
    assertThat(served.body()).isEqualTo(stored.body());
    assertThat(served.header("ETag")).isEqualTo(stored.header("ETag"));
    assertThat(
            other.get("/pages/shared", "If-None-Match", stored.header("ETag")).status())
        .isEqualTo(304);
  }

  @Test
  void whatOneEnds_theOtherServesNoMore() {
    String before = one.get("/pages/7").body();
    assertThat(other.get("/pages/7").body()).isEqualTo(before);
    there.invalidateTags("page:7");
    String after = other.get("/pages/7").body();
    assertThat(after).isNotEqualTo(before);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(one.get("/pages/7").body()).isEqualTo(after));
  }

  @Test
  void concurrentRequestsOnBoth_runOneHandler() {
    int before = CALLS.get();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add((i % 2 == 0 ? one : other).sendAsync("/slow"));
    }
    OPEN.countDown();
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("slow " + (before + 1)));
    assertThat(CALLS).hasValue(before + 1);
  }
}
