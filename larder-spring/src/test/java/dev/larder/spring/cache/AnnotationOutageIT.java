package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis is killed, or answers nothing: no method with one of Spring's annotations fails for it. */
class AnnotationOutageIT extends AnnotatedTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final EmbeddedRedis redis = EmbeddedRedis.start();

  /** What happens to Redis. */
  enum Outage {
    KILLED {
      @Override
      void begin(EmbeddedRedis redis) {
        redis.kill();
      }

      @Override
      void end(EmbeddedRedis redis) {
        redis.startAgain();
      }
    },
    PAUSED {
      @Override
      void begin(EmbeddedRedis redis) {
        redis.pause();
      }

      @Override
      void end(EmbeddedRedis redis) {
        redis.resume();
      }
    };

    abstract void begin(EmbeddedRedis redis);

    abstract void end(EmbeddedRedis redis);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private AnnotatedApplication application() {
    AnnotatedApplication application = new AnnotatedApplication(
        Layout.L1_REDIS,
        () -> Larder.builder()
            .keyPrefix(prefix)
            .redis(redis.uri())
            .startTimeout(Duration.ofSeconds(30))
            .build());
    open.add(application);
    return application;
  }

  @ParameterizedTest
  @EnumSource
  void everyAnnotation_runsItsMethod_andWhatWasEvictedMeanwhileIsGone(Outage outage)
      throws Exception {
    AnnotatedApplication here = application();
    AnnotatedApplication there = application();
    here.target().source = key -> "old " + key;
    there.target().source = key -> "new " + key;
    for (String id : new String[] {"evicted", "cleared"}) {
      assertThat(here.service().find(id)).isEqualTo("old " + id);
      assertThat(there.service().find(id)).isEqualTo("old " + id);
    }
    here.target().source = key -> "new " + key;

    outage.begin(redis);
    AnnotatedService service = here.service();
    assertThat(service.find("a")).isEqualTo("new a");
    assertThat(service.findInStep("b")).isEqualTo("new b");
    assertThat(service.findInTwo("c")).isEqualTo("new c");
    assertThat(service.findOptional("d")).contains("new d");
    assertThat(service.findLater("e").get(1, TimeUnit.MINUTES)).isEqualTo("new e");
    assertThat(service.findMono("f").block(LIMIT)).isEqualTo("new f");
    assertThat(service.findFlux("g").blockFirst(LIMIT)).isEqualTo("new g");
    assertThat(service.save("put", "text")).isEqualTo("text");
    service.remove("evicted");
    assertThat(service.removeLater("evicted").get(1, TimeUnit.MINUTES)).isEqualTo("evicted");
    service.removeFromTwo("evicted");
    // This process at once: it need not ask anybody.
    assertThat(service.find("evicted")).isEqualTo("new evicted");
    service.removeAll();
    assertThat(service.find("cleared")).isEqualTo("new cleared");

    outage.end(redis);
    for (String id : new String[] {"evicted", "cleared"}) {
      await().atMost(LIMIT).untilAsserted(() -> {
        assertThat(there.service().find(id)).isEqualTo("new " + id);
        assertThat(here.service().find(id)).isEqualTo("new " + id);
      });
    }
    assertThat(CompletableFuture.supplyAsync(() -> there.service().findInStep("z"))
            .get(1, TimeUnit.MINUTES))
        .isEqualTo("new z");
  }
}
