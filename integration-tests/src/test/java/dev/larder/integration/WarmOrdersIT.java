package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Outcome;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.Action;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmRun;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Orders to a warm-up that come from elsewhere: from a node that declares the plan too and does not run it,
 * and from an operator who has the stores alone. On a real Redis, and on a database without one.
 */
@ParameterizedClass
@EnumSource(
    value = Layout.class,
    names = {"REDIS", "DATABASE"})
@Timeout(120)
class WarmOrdersIT {

  private static final int KEYS = 20;

  private final Site site;
  private Instance one;
  private Instance two;

  /** Of an operator who has the stores alone. */
  private Management stores;

  /** What the source was asked for, by any node; each load needs a permit to be answered. */
  private final Queue<Long> asked = new ConcurrentLinkedQueue<>();

  private final Semaphore answers = new Semaphore(0);
  private final Set<Long> failing = ConcurrentHashMap.newKeySet();

  WarmOrdersIT(Layout layout) {
    site = Site.of(layout);
  }

  @BeforeEach
  void start() {
    one = new Instance();
    two = new Instance();
    stores = larder().management();
    for (Management each : List.of(one.management, two.management, stores)) {
      eventually().until(() -> each.overview().nodes().size() == 2);
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Larder larder() {
    return site.opened(site.builder().build());
  }

  private final class Instance {
    final Larder larder = larder();
    final Management management = larder.management();

    Instance() {
      Cache<Long, String> albums = larder.cache(
          "album",
          CachePolicy.of(Long.class, String.class).ttl(Duration.ofHours(1)).build());
      larder
          .warming()
          .declare(WarmPlan.of("albums", albums)
              .keys(LongStream.range(0, KEYS).boxed().toList())
              .concurrency(1)
              .loader(this::load)
              .build());
    }

    private String load(Long id) throws InterruptedException {
      asked.add(id);
      answers.acquire();
      if (failing.contains(id)) {
        throw new IllegalStateException("no album " + id);
      }
      return "v" + id;
    }

    String id() {
      return management.overview().node();
    }

    WarmUp here() {
      return larder.warming().status("albums");
    }

    /** Begins here, with the first load under way. */
    WarmRun begun() {
      WarmRun run = larder.warming().start("albums");
      eventually().until(() -> asked.size() == 1);
      return run;
    }
  }

  /** As it stands for somebody elsewhere. */
  private static WarmUp told(Management management) {
    return management.warmUps().stream()
        .filter(it -> it.name().equals("albums"))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitTold(Management management, State state, String node) {
    eventually().untilAsserted(() -> {
      WarmUp told = told(management);
      assertThat(told.state()).isEqualTo(state);
      assertThat(told.node()).isEqualTo(node);
    });
  }

  @Test
  void run_isPausedResumedAndCancelled_fromElsewhere() {
    WarmRun run = one.begun();
    for (Management each : List.of(two.management, stores)) {
      awaitTold(each, State.RUNNING, one.id());
    }

    Outcome paused = two.management.warm("albums", Action.PAUSE, "op");
    assertThat(paused.done()).isEqualTo("warm-up albums: PAUSE on node " + one.id());
    answers.release(KEYS);
    eventually().until(() -> one.here().done() == 1);
    awaitTold(stores, State.PAUSED, one.id());
    awaitTold(two.management, State.PAUSED, one.id());
    assertThat(asked).hasSize(1);
    assertThat(two.here().state()).isEqualTo(State.IDLE);
    assertThatThrownBy(() -> stores.warm("albums", Action.PAUSE, "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining(one.id() + ": it is past that")
        .hasMessageContaining(two.id() + ": no run of it has anything to PAUSE");

    answers.drainPermits();
    stores.warm("albums", Action.RESUME, new WarmUp.Limits(0, 10, 0), "op");
    eventually().until(() -> asked.size() == 2);
    awaitTold(two.management, State.RUNNING, one.id());

    assertThat(stores.warm("albums", Action.CANCEL, "op").done())
        .isEqualTo("warm-up albums: CANCEL on node " + one.id());
    answers.release(KEYS);
    WarmUp end = run.ended().toCompletableFuture().join();
    assertThat(end.state()).isEqualTo(State.CANCELLED);
    assertThat(end.done()).isEqualTo(2);
    assertThat(asked).containsExactly(0L, 1L);
    awaitTold(two.management, State.CANCELLED, one.id());
    assertThatThrownBy(() -> two.management.warm("albums", Action.CANCEL, "op"))
        .hasMessageContaining("no run of it has anything to CANCEL");
  }

  @Test
  void failures_areRunAgain_whereTheyHappened_byOrderFromElsewhere() {
    failing.addAll(List.of(3L, 5L));
    answers.release(10 * KEYS);
    WarmUp end =
        one.larder.warming().start("albums").ended().toCompletableFuture().join();
    assertThat(end.failed()).isEqualTo(2);
    eventually()
        .untilAsserted(() -> assertThat(told(stores).failures())
            .containsExactly(
                "3: IllegalStateException: no album 3", "5: IllegalStateException: no album 5"));

    failing.remove(3L);
    asked.clear();
    assertThat(two.management.warm("albums", Action.RERUN_FAILED, "op").done())
        .isEqualTo("warm-up albums: RERUN_FAILED on node " + one.id());
    eventually().until(() -> one.here().state() == State.DONE && one.here().total() == 2);
    assertThat(asked).containsExactly(3L, 5L);

    failing.clear();
    asked.clear();
    stores.warm("albums", Action.RERUN_FAILED, "op");
    eventually().until(() -> one.here().state() == State.DONE && one.here().total() == 1);
    assertThat(asked).containsExactly(5L);
    assertThat(two.here().state()).isEqualTo(State.IDLE);
    assertThatThrownBy(() -> stores.warm("albums", Action.RERUN_FAILED, "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("no run of it has anything to RERUN_FAILED");
  }
}
