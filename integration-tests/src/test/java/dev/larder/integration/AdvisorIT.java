package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Advice;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Management;
import dev.larder.manage.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two nodes have seen of the same caches is put together, on a real Redis. */
@Timeout(120)
class AdvisorIT extends OnRedis {

  private static Cache<Long, String> albums(Larder larder, Duration ttl) {
    return larder.cache(
        "album", CachePolicy.of(Long.class, String.class).ttl(ttl).jitter(0).build());
  }

  /** 250 keys, each of them read twice. */
  private static void read(Cache<Long, String> albums) {
    for (long id = 0; id < 250; id++) {
      assertThat(albums.get(id, key -> "album " + key)).isNotNull();
      assertThat(albums.get(id, key -> "album " + key)).isNotNull();
    }
  }

  @Test
  void readsOfTwoNodes_areOneAdvice_fromEither() {
    Larder one = larder();
    Larder two = larder();
    Cache<Long, String> first = albums(one, Duration.ofHours(1));
    Cache<Long, String> second = albums(two, Duration.ofHours(1));
    seeEachOther(one, two);
    read(first);
    read(second);
    for (Larder each : List.of(one, two)) {
      List<Advice> advice = each.management().advise().stream()
          .filter(it -> it.kind() == Advice.Kind.NO_TAGS)
          .toList();
      assertThat(advice).singleElement().satisfies(it -> {
        assertThat(it.cache()).isEqualTo("album");
        assertThat(it.lookups()).isEqualTo(1_000);
        assertThat(it.sentence()).contains("of 1,000 sampled reads, 100 % of keys", "on 2 nodes");
      });
    }
  }

  @Test
  void nodeThatGivesNoAnswer_isNamed_andWhatItSawIsNotMissedInSilence() {
    ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);
    Larder one = larder();
    Larder stuck = opened.add(builder().scheduler(timers).build());
    Cache<Long, String> albums = albums(one, Duration.ofHours(1));
    albums(stuck, Duration.ofHours(1));
    seeEachOther(one, stuck);
    assertThat(albums.get(7L, key -> "album " + key)).isNotNull();
    timers.shutdownNow();
    AdviceReport report = one.management().adviceReport();
    assertThat(report.silent()).containsExactly(stuck.self().id());
    assertThat(report.whyNone())
        .contains("too little is known of album (1 lookup since its sample began ")
        .endsWith(" No answer came from " + stuck.self().id()
            + ": what was looked up there is not known.");
  }

  @Test
  void simulation_isOfAllNodes_alsoWhereAnOperatorHasNone() {
    Larder one = larder();
    Larder two = larder();
    Cache<Long, String> first = albums(one, Duration.ofHours(1));
    Cache<Long, String> second = albums(two, Duration.ofHours(1));
    seeEachOther(one, two);
    read(first);
    read(second);
    Management operator = larder().management();
    Simulation found = operator.simulate("album", Duration.ofMinutes(30), 100L);
    assertThat(found.nodes()).isEqualTo(2);
    assertThat(found.silent()).isEmpty();
    assertThat(found.sampledReads()).isEqualTo(1_000);
    // The first node loads all; the other finds them in Redis.
    assertThat(found.replayedHitRate()).isEqualTo(0.75);
    assertThat(found.now().hitRate()).isEqualTo(0.75);
    assertThat(found.now().ttlMillis()).isEqualTo(3_600_000);
    assertThat(found.then().ttlMillis()).isEqualTo(1_800_000);
    assertThat(found.then().l1MaxEntries()).isEqualTo(100);
    // What both share is counted once.
    assertThat(found.now().entries()).isBetween(1L, 250L);
    assertThat(found.now().bytes()).isPositive();
  }

  @Test
  void nodeThatIsConfiguredApart_isLeftOut() {
    Larder one = larder();
    Larder two = larder();
    Larder apart = larder();
    Cache<Long, String> first = albums(one, Duration.ofHours(1));
    Cache<Long, String> second = albums(two, Duration.ofHours(1));
    Cache<Long, String> third = albums(apart, Duration.ofHours(5));
    seeEachOther(one, two, apart);
    read(first);
    read(second);
    read(third);
    Simulation found = apart.management().simulate("album", Duration.ofMinutes(30), null);
    assertThat(found.nodes()).isEqualTo(2);
    assertThat(found.now().ttlMillis()).isEqualTo(3_600_000);
  }
}
