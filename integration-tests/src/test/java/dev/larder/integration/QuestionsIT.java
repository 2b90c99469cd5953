package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Explanation;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.ManualScheduler;
import dev.larder.tier.Board;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How soon a node answers what another asks, in the time of its timers. */
@Timeout(120)
class QuestionsIT {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final FakeTime time = new FakeTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final MemoryStore store = MemoryStore.builder()
      .name("shared")
      .clock(time::millis)
      .scheduler(scheduler)
      .build();
  private final Board board = store.board();
  private final Larder asking = larder();
  private final Larder asked = larder();

  private Larder larder() {
    Larder larder = Larder.builder()
        .keyPrefix("questions")
        .scheduler(scheduler)
        .executor(scheduler)
        .l2(store)
        .build();
    larder.cache("album", CachePolicy.of(Long.class, String.class).build());
    return larder;
  }

  @BeforeEach
  void seeEachOther() {
    scheduler.advance(Duration.ofSeconds(2));
    assertThat(asking.management().overview().nodes()).hasSize(2);
  }

  @AfterEach
  void close() {
    asked.close();
    asking.close();
    store.close();
  }

  /** What is known of a key once timers have run for so long after the question was put. */
  private Explanation explain(Duration within) {
    CompletableFuture<Explanation> answer =
        CompletableFuture.supplyAsync(() -> asking.management().explain("questions:album:v1:1L"));
    await().until(() -> !board.notes("orders").toCompletableFuture().join().isEmpty());
    scheduler.advance(within);
    return answer.join();
  }

  @Test
  void firstQuestion_isAnsweredWithinASecond_thoseAfterItSooner() {
    assertThat(explain(Duration.ofSeconds(1)).silent()).isEmpty();
    assertThat(explain(LOOK).silent()).isEmpty();
    scheduler.advance(Duration.ofMillis(2_500));
    assertThat(explain(LOOK).silent()).isEmpty();
    scheduler.advance(Duration.ofMillis(2_500));
    assertThat(explain(LOOK).silent()).isEmpty();
  }

  @Test
  void nobodyAsks_nobodyLooks() {
    int idle = scheduler.advance(Duration.ofSeconds(4));
    assertThat(explain(Duration.ofSeconds(1)).silent()).isEmpty();
    assertThat(scheduler.advance(Duration.ofSeconds(4))).isGreaterThan(idle + 20);
    assertThat(scheduler.advance(Duration.ofSeconds(4))).isEqualTo(idle);
  }
}
