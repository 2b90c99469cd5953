package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis is emptied under several nodes that want few keys most of all: the source is spared. */
class ColdRedisIT extends OnRedis {

  private static final int NODES = 4;
  private static final int THREADS = 3 * NODES;
  private static final int KEYS = 2_000;
  private static final int READS_PER_ROUND = 20;
  private static final int ROUNDS = THREADS * 50;
  private static final int FLUSHES = 3;
  private static final int SEED = 1_729;

  private final List<Larder> nodes = new ArrayList<>();
  private final List<Cache<Long, String>> caches = new ArrayList<>();
  private volatile AtomicIntegerArray loads = new AtomicIntegerArray(KEYS);
  private volatile CountDownLatch asked = new CountDownLatch(0);

  @BeforeEach
  void startNodes() {
    for (int i = 0; i < NODES; i++) {
      Larder node = larder();
      nodes.add(node);
      caches.add(node.cache(
          "album",
          CachePolicy.of(Long.class, String.class)
              .ttl(Duration.ofHours(1))
              .lease(Duration.ofMinutes(1))
              .build()));
    }
  }

  private String load(long id) throws InterruptedException {
    loads.incrementAndGet((int) id);
    if (!asked.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the others never asked");
    }
    return "album " + id;
  }

  private void read(Cache<Long, String> cache, long id) throws Exception {
    assertThat(cache.get(id, this::load)).isEqualTo("album " + id);
  }

  /** Keys by Zipf's law: the k-th is asked for 1/k as often as the first. */
  private static int any(Random random) {
    return (int) Math.pow(KEYS, random.nextDouble()) - 1;
  }

  /** Reads on all nodes, until it is closed. */
  private Traffic readers() {
    Traffic traffic = new Traffic();
    for (int i = 0; i < THREADS; i++) {
      Cache<Long, String> cache = caches.get(i % NODES);
      Random random = new Random(SEED + i);
      traffic.add(round -> {
        for (int n = 0; n < READS_PER_ROUND; n++) {
          read(cache, any(random));
        }
      });
    }
    return traffic;
  }

  private void flushAndTellAll() {
    redis.flush();
    for (Larder node : nodes) {
      eventually().until(() -> node.catchUp().toCompletableFuture().get());
    }
  }

  /** Loads beyond the first of each key. */
  private static int repeated(AtomicIntegerArray loads) {
    return IntStream.range(0, KEYS).map(id -> Math.max(0, loads.get(id) - 1)).sum();
  }

  private static int loaded(AtomicIntegerArray loads) {
    return (int) IntStream.range(0, KEYS).filter(id -> loads.get(id) > 0).count();
  }

  @Test
  void get_ofOneKeyByAllThreadsOfAllNodesAfterAFlush_loadsItOnce() throws Exception {
    for (int flush = 0; flush < FLUSHES; flush++) {
      flushAndTellAll();
      loads = new AtomicIntegerArray(KEYS);
      asked = new CountDownLatch(THREADS);
      try (Traffic traffic = new Traffic()) {
        for (int i = 0; i < THREADS; i++) {
          Cache<Long, String> cache = caches.get(i % NODES);
          traffic.add(round -> {
            asked.countDown();
            read(cache, 0);
          });
        }
        traffic.go(2 * THREADS);
        assertThat(traffic.failures()).isEmpty();
      }
      assertThat(loads.get(0)).isEqualTo(1);
    }
  }

  /**
   * Until it hears of the flush a node goes on in the old epoch, whose entries are not those of the new
   * one. It may load a key in both, so that at the very worst each node does. Once all know, only what
   * was being loaded at that moment, one key a thread, may be loaded again.
   */
  @Test
  void get_whileRedisIsFlushed_loadsEachKeyOnceButForFew() throws Exception {
    try (Traffic traffic = readers()) {
      traffic.go(ROUNDS);
      for (int flush = 0; flush < FLUSHES; flush++) {
        AtomicIntegerArray before = new AtomicIntegerArray(KEYS);
        loads = before;
        flushAndTellAll();
        AtomicIntegerArray after = new AtomicIntegerArray(KEYS);
        loads = after;
        traffic.go(ROUNDS);
        assertThat(loaded(after)).as("cold keys").isGreaterThan(KEYS / 4);
        assertThat(repeated(after)).as("loaded again").isLessThanOrEqualTo(THREADS);
        for (int id = 0; id < KEYS; id++) {
          assertThat(before.get(id)).as("loads of %d", id).isLessThanOrEqualTo(2 * NODES);
        }
      }
      assertThat(traffic.failures()).isEmpty();
    }
  }
}
