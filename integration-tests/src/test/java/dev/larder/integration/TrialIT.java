package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Event;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.State;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trial of ttls over nodes that share a real Redis, which dies and loses what it had. */
@Timeout(120)
class TrialIT extends OnRedis {

  private static final int KEYS = 300;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);

  /** So short that keys of the variant are gone when one looks again. */
  private static final Duration BLINK = Duration.ofMillis(200);

  private static final Duration LOOK_EVERY = Duration.ofMillis(400);

  private final class Node {
    final Larder larder = larder();
    final Trials trials = larder.management().trials();
    final Cache<Long, String> feeds;

    Node(Duration ttl) {
      feeds = larder.cache(
          "feed", CachePolicy.of(Long.class, String.class).ttl(ttl).jitter(0).build());
    }

    void read() {
      LongStream.range(0, KEYS).forEach(id -> feeds.get(id, key -> "feed " + key));
    }

    private List<Long> cached() {
      return LongStream.range(0, KEYS)
          .filter(id -> feeds.peek(id).isAnswered())
          .boxed()
          .toList();
    }

    /** The keys that outlive those of the variant, once they are loaded anew here. */
    List<Long> control() {
      feeds.clear();
      read();
      AtomicReference<List<Long>> last = new AtomicReference<>(List.of());
      await().pollInterval(LOOK_EVERY).atMost(LIMIT).until(() -> {
        List<Long> now = cached();
        return now.equals(last.getAndSet(now));
      });
      return last.get();
    }

    void hears(String what) {
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(larder.management().events(0, 5_000))
              .anySatisfy(event -> {
                assertThat(event.kind()).isEqualTo(Event.Kind.SWITCH);
                assertThat(event.node()).isEqualTo(larder.self().id());
                assertThat(event.text()).contains(what);
              }));
    }

    Trial trial() {
      List<Trial> all = trials.all();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static TrialPlan plan(Duration ttl, int share) {
    return new TrialPlan("feed", List.of(ttl.toMillis()), share, 0);
  }

  private static long reads(Trial trial) {
    return trial.arms().stream().mapToLong(Trial.Arm::reads).sum();
  }

  @Test
  void keysAreOfTheSameArmOnAllNodes_alsoOnThoseThatStartLater() {
    Node one = new Node(HOUR);
    Node two = new Node(HOUR);
    seeEachOther(one.larder, two.larder);
    one.trials.start(plan(BLINK, 50), "op");
    two.hears("a trial of ttl 200 ms began, for 50 % of the keys each");

    List<Long> control = one.control();
    assertThat(control.size()).isBetween(KEYS * 3 / 10, KEYS * 7 / 10);
    assertThat(two.cached()).as("entries bring their ttl").isEqualTo(control);
    assertThat(two.control()).isEqualTo(control);
    Node three = new Node(HOUR);
    three.hears("a trial of ttl 200 ms began");
    assertThat(three.control()).isEqualTo(control);

    assertThatThrownBy(() -> two.trials.start(plan(BLINK, 10), "op"))
        .hasMessageContaining("there is a trial by op");
    two.trials.end("feed", "op");
    one.hears("the trial of ttls ended");
    three.hears("the trial of ttls ended");
    for (Node each : List.of(one, two, three)) {
      assertThat(each.control()).hasSize(KEYS);
    }
  }

  @Test
  void countsOfAllNodes_areOneResult_thatOutlivesThem() {
    Duration ttl = Duration.ofSeconds(4);
    Node one = new Node(ttl);
    Node two = new Node(ttl);
    seeEachOther(one.larder, two.larder);
    one.trials.start(plan(Duration.ofSeconds(2), 50), "op");
    two.hears("began");
    one.read();
    two.read();
    // A second more, since nodes know the store's clock only about.
    long counted = one.trial().countsFromMillis() + 1_000;
    await().atMost(LIMIT).until(() -> System.currentTimeMillis() > counted);
    assertThat(two.trial().state()).isEqualTo(State.COUNTING);
    one.feeds.clear();
    one.read();
    one.read();
    two.read();
    two.read();
    await().atMost(LIMIT).until(() -> reads(one.trial()) == 4 * KEYS);
    assertThat(one.trial().nodes()).isEqualTo(2);
    assertThat(one.trial().arms()).allSatisfy(arm -> {
      assertThat(arm.hits()).isPositive();
      assertThat(arm.loads()).isPositive();
    });

    two.trials.end("feed", "op");
    one.hears("ended");
    one.read();
    await().atMost(LIMIT).until(() -> reads(two.trial()) == 4 * KEYS);
    Larder operator = larder();
    // What was counted stands at the store before the nodes go.
    await()
        .atMost(LIMIT)
        .until(() -> reads(operator.management().trials().all().get(0)) == 4 * KEYS);
    one.larder.close();
    two.larder.close();
    Trial result = operator.management().trials().all().get(0);
    assertThat(result.state()).isEqualTo(State.ENDED);
    assertThat(result.nodes()).isEqualTo(2);
    assertThat(reads(result)).isEqualTo(4 * KEYS);
  }

  @Test
  void storeIsAway_noTrialBegins_andOneThatNobodyCanEndIsNotFollowed() {
    Node one = new Node(HOUR);
    Node two = new Node(HOUR);
    seeEachOther(one.larder, two.larder);
    one.trials.start(plan(BLINK, 50), "op");
    two.hears("began");
    redis.flush();
    one.hears("the trial of ttls ended");
    two.hears("the trial of ttls ended");
    assertThat(one.trials.all()).isEmpty();
    assertThat(one.control()).hasSize(KEYS);

    redis.kill();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThatThrownBy(() -> one.trials.start(plan(BLINK, 50), "op"))
            .isInstanceOfSatisfying(
                ManagementException.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE)));
    redis.startAgain();
  }

  @Test
  void nodesWithDifferentTtls_haveNoTrial() {
    Node one = new Node(HOUR);
    Node two = new Node(Duration.ofMinutes(5));
    seeEachOther(one.larder, two.larder);
    assertThatThrownBy(() -> one.trials.start(plan(BLINK, 50), "op"))
        .hasMessageContaining("nodes have different ttls for it, [5 min, 1 h]");
  }
}
