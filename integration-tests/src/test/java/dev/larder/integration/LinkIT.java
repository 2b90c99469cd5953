package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.CacheTier;
import dev.larder.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links that fall silent, break and slow down, and servers that fail under load. */
class LinkIT {

  private static final Place PLACE = new Place("eu", 1);
  private static final long ROUNDS = 400;

  @ParameterizedTest
  @EnumSource
  void get_overAHalfOpenLink_isNotServedByL1BeyondTheBound(TcpProxy.Direction direction) {
    try (Site site = Site.of(Layout.REDIS)) {
      Node near = site.node();
      TcpProxy proxy = site.opened(TcpProxy.to(site.redis().port()));
      site.reachRedisAt(proxy.port());
      Node far = site.node(
          site.impatient(), Site.policy().maxStaleness(Duration.ofSeconds(1)).build());
      assertThat(far.get(PLACE)).isEqualTo(site.source().now(PLACE));
      assertThat(far.tierOf(PLACE)).isEqualTo(CacheTier.L1);
      eventually().until(() -> readersWaiting(site) == 2);
      proxy.stall(direction);
      // The answer to the question that is on its way would still come through: another change uses
      // it up.
      near.cache().invalidate(new Place("eu", 2));
      eventually().until(() -> readersWaiting(site) == 1);
      String changed = site.source().change(PLACE);
      near.cache().invalidate(PLACE);
      // The far node hears nothing, and no end of its connection either; it stops trusting L1.
      eventually().until(() -> far.get(PLACE).equals(changed));
      assertThat(far.tier(CacheTier.L2).isConfirmed()).isFalse();
      int loads = site.source().loads();
      assertThat(far.get(PLACE)).isEqualTo(changed);
      assertThat(site.source().loads()).as("L1 is passed by").isEqualTo(loads + 1);
      proxy.resume();
      eventually().until(() -> far.uses(CacheTier.L2));
      assertThat(far.get(PLACE)).isEqualTo(changed);
      eventually().until(() -> far.tierOf(PLACE) == CacheTier.L1);
    }
  }

  /** Slow is harder than dead: each call is carried out, and answers when nobody waits for it any more. */
  @Test
  void get_overASlowLink_isAnsweredByTheSource_andTheCircuitOpens() {
    try (Site site = Site.of(Layout.REDIS)) {
      TcpProxy proxy = site.opened(TcpProxy.to(site.redis().port()));
      site.reachRedisAt(proxy.port());
      Node node = site.node(site.impatient(), Site.policy().build());
      assertThat(node.get(PLACE)).isEqualTo(site.source().now(PLACE));
      for (TcpProxy.Direction direction : TcpProxy.Direction.values()) {
        proxy.delay(direction, Duration.ofMillis(400));
      }
      AtomicInteger next = new AtomicInteger(100);
      eventually().until(() -> {
        Place place = new Place("eu", next.incrementAndGet());
        assertThat(node.get(place)).isEqualTo(site.source().now(place));
        return node.tier(CacheTier.L2).circuit().equals("open");
      });
      assertThat(node.tier(CacheTier.L2).timeouts()).isPositive();
      // What was written while nobody could be told of it in time.
      String changed = site.source().change(PLACE);
      node.cache().invalidate(PLACE);
      assertThat(node.get(PLACE)).isEqualTo(changed);

      for (TcpProxy.Direction direction : TcpProxy.Direction.values()) {
        proxy.delay(direction, Duration.ZERO);
      }
      eventually().until(() -> node.uses(CacheTier.L2));
      assertThat(node.get(PLACE)).isEqualTo(changed);
    }
  }

  /** Nodes whose question for the next record lies at the server. */
  private static long readersWaiting(Site site) {
    return site.redis()
        .command("INFO", "clients")
        .lines()
        .filter(line -> line.startsWith("blocked_clients:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .sum();
  }

  @Test
  void get_whileFollowersAreKilledAgainAndAgain_isNeverOlderThanOwed() throws Exception {
    underLoad(site -> {
      for (int i = 0; i < 20; i++) {
        site.redis().command("CLIENT", "KILL", "TYPE", "normal");
      }
    });
  }

  @Test
  void get_whileEverythingIsFlushed_isNeverOlderThanOwed() throws Exception {
    underLoad(site -> {
      for (int i = 0; i < 5; i++) {
        site.redis().flush();
      }
    });
  }

  @Test
  void get_whileRedisDies_neverFailsAndIsAcknowledged() throws Exception {
    underLoad(site -> site.redis().kill(), site -> site.redis().startAgain());
  }

  private interface Fault {
    void on(Site site);
  }

  /** Two nodes read and invalidate while faults happen one after the other. */
  private static void underLoad(Fault... faults) throws Exception {
    try (Site site = Site.of(Layout.REDIS_DATABASE)) {
      Truth truth = new Truth(site.source());
      List<Node> nodes = IntStream.range(0, 2)
          .mapToObj(i -> site.node(site.impatient(), Site.policy().build()))
          .toList();
      Traffic traffic = new Traffic();
      try (traffic) {
        for (int n = 0; n < nodes.size(); n++) {
          Node node = nodes.get(n);
          Node other = nodes.get(1 - n);
          traffic.add(round -> truth.read(node, new Place("eu", round % 20)));
          traffic.add(round -> {
            Ending ending = round % 2 == 0 ? Ending.KEY : Ending.TAG;
            Truth.Promise promise = truth.change(node, new Place("eu", round % 20), ending);
            // The database is there all the time, so that none has to wait.
            assertThat(promise.done()).isInstanceOf(Acknowledgement.Appended.class);
            truth.read(node, promise.place());
            truth.read(other, promise);
          });
        }
        for (Fault fault : faults) {
          traffic.go(ROUNDS);
          fault.on(site);
        }
        traffic.go(ROUNDS);
        eventually().until(() -> nodes.stream().allMatch(node -> node.uses(CacheTier.L2)));
        traffic.go(ROUNDS);
      }
      assertThat(traffic.failures()).isEmpty();
      assertThat(truth.stale()).isEmpty();
    }
  }
}
