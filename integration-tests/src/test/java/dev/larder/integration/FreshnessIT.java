package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three nodes read, change and invalidate the same few places while Redis is killed, paused, flushed
 * and cut off at random. No read is older than what it is owed, and none fails.
 *
 * <p>The seed is in the failure's message; {@code -Dlarder.seed=N} runs it again. The threads'
 * interleaving is the machine's.
 */
class FreshnessIT {

  private static final int NODES = 3;
  private static final int PLACES = 12;
  private static final int FAULTS = 6;
  private static final long ROUNDS_BETWEEN = 800;

  private static final List<Ending> ENDINGS =
      List.of(Ending.KEY, Ending.KEY, Ending.TAG, Ending.TAG, Ending.PREFIX, Ending.CACHE);

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void get_whileRedisFailsAgainAndAgain_isNeverOlderThanOwed(Layout layout) throws Exception {
    long seed = Long.getLong("larder.seed", System.nanoTime());
    Random random = new Random(seed);
    try (Site site = Site.of(layout)) {
      Truth truth = new Truth(site.source());
      List<Node> nodes = IntStream.range(0, NODES)
          .mapToObj(i -> site.node(site.impatient(), Site.policy().build()))
          .toList();
      List<Place> places = IntStream.range(0, PLACES)
          .mapToObj(i -> new Place(i % 3 == 0 ? "eu" : "us", i))
          .toList();
      AtomicReferenceArray<Truth.Promise> newest = new AtomicReferenceArray<>(PLACES);
      Traffic traffic = new Traffic();
      try (traffic) {
        for (int n = 0; n < NODES; n++) {
          Node node = nodes.get(n);
          Random reads = new Random(random.nextLong());
          traffic.add(round -> truth.read(node, places.get(reads.nextInt(PLACES))));
          Random writes = new Random(random.nextLong());
          traffic.add(round -> {
            int i = writes.nextInt(PLACES);
            Ending ending = ENDINGS.get(writes.nextInt(ENDINGS.size()));
            newest.set(i, truth.change(node, places.get(i), ending));
            truth.read(node, places.get(i));
          });
          Random follows = new Random(random.nextLong());
          traffic.add(round -> {
            Truth.Promise promise = newest.get(follows.nextInt(PLACES));
            if (promise != null) {
              truth.read(node, promise);
            }
          });
        }
        for (int fault = 0; fault < FAULTS; fault++) {
          traffic.go(ROUNDS_BETWEEN);
          fault(random.nextInt(5), site, traffic);
          eventually().until(() -> nodes.stream().allMatch(node -> node.uses(CacheTier.L2)));
        }
        traffic.go(ROUNDS_BETWEEN);
      }
      assertThat(traffic.failures()).as("seed %d", seed).isEmpty();
      nodes.forEach(Site::settled);
      nodes.forEach(Site::settled);
      for (Node node : nodes) {
        for (Place place : places) {
          assertThat(node.get(place))
              .as("seed %d", seed)
              .isEqualTo(site.source().now(place));
        }
      }
      assertThat(truth.stale()).as("seed %d", seed).isEmpty();
      assertThat(truth.checked()).isGreaterThan(ROUNDS_BETWEEN);
    }
  }

  private static void fault(int kind, Site site, Traffic traffic) {
    switch (kind) {
      case 0 -> {
        site.redis().kill();
        traffic.go(ROUNDS_BETWEEN / 8);
        site.redis().startAgain();
      }
      case 1 -> {
        site.redis().save();
        traffic.go(ROUNDS_BETWEEN / 8);
        site.redis().kill();
        traffic.go(ROUNDS_BETWEEN / 8);
        site.redis().startAgain();
      }
      case 2 -> {
        site.redis().pause();
        traffic.go(ROUNDS_BETWEEN / 16);
        site.redis().resume();
      }
      case 3 -> site.redis().flush();
      default -> site.redis().command("CLIENT", "KILL", "TYPE", "normal");
    }
  }
}
