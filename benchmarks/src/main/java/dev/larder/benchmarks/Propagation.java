package dev.larder.benchmarks;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.testkit.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From before the call that invalidates a tag in one process until another process's L1 no longer
 * serves the entry, beside a bare publish and its message. Both clocks are the machine's monotonic
 * one, which all processes share on Linux.
 */
public final class Propagation {

  private static final String TAG = "watched";
  private static final String BARE = "bare";
  private static final String LARDER = "larder";
  private static final long SEED = 4711;
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private Propagation() {}

  static void run(List<String> words) throws IOException, InterruptedException {
    int count = words.isEmpty() ? 2_000 : Integer.parseInt(words.get(0));
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      for (long pause : new long[] {LONGEST_PAUSE, 0}) {
        Bench.row(
            pause > 0 ? "seen elsewhere, one now and then" : "seen elsewhere, one after the other",
            "p50, p99, max ms",
            "");
        row("  bare publish and its message", bare(redis, count, pause), "");
        row("  invalidation and another's L1", larder(redis, count, pause), "p99 under 5 ms");
      }
    }
  }

  private static void row(String what, long[] took, String goal) {
    String reached = String.format(
        Locale.ROOT,
        "%.2f, %.2f, %.2f",
        Bench.percentile(took, 0.5) / 1e6,
        Bench.percentile(took, 0.99) / 1e6,
        took[took.length - 1] / 1e6);
    Bench.row(what, reached, goal);
  }

  private static long[] bare(EmbeddedRedis redis, int count, long pause)
      throws IOException, InterruptedException {
    RedisClient client = RedisClient.create(redis.uri());
    try (var connection = client.connect()) {
      RedisCommands<String, String> commands = connection.sync();
      return measure(BARE, redis, count, pause, () -> commands.publish(TAG, "gone"));
    } finally {
      client.shutdown();
    }
  }

  private static long[] larder(EmbeddedRedis redis, int count, long pause)
      throws IOException, InterruptedException {
    try (Larder larder =
        Larder.builder().keyPrefix("propagation").redis(redis.uri()).build()) {
      return measure(LARDER, redis, count, pause, () -> larder.invalidateTags(TAG));
    }
  }

  /** Sorted times, in nanoseconds. */
  private static long[] measure(
      String what, EmbeddedRedis redis, int count, long longestPause, Runnable tell)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    Process other = Child.start(Propagation.class, redis.uri(), what);
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
    long[] took = new long[count];
    for (int i = 0; i < count; i++) {
      // The other is ready.
      answers.readLine();
      if (longestPause > 0) {
        LockSupport.parkNanos(random.nextLong(longestPause));
      }
      long start = System.nanoTime();
      tell.run();
      took[i] = Long.parseLong(answers.readLine()) - start;
      other.getOutputStream().write('\n');
      other.getOutputStream().flush();
    }
    other.getOutputStream().close();
    other.destroy();
    other.waitFor();
    Arrays.sort(took);
    return took;
  }

  /** The other process: address, and what to listen to. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
    if (args[1].equals(BARE)) {
      RedisClient client = RedisClient.create(args[0]);
      try (StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub()) {
        connection.addListener(new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            seen.add(System.nanoTime());
          }
        });
        connection.sync().subscribe(TAG);
        answer(seen, () -> {}, () -> {});
      } finally {
        client.shutdown();
      }
      return;
    }
    try (Larder larder =
        Larder.builder().keyPrefix("propagation").redis(args[0]).build()) {
      Cache<Long, String> cache = larder.cache(
          "watched",
          CachePolicy.of(Long.class, String.class)
              .tags((id, value) -> List.of(TAG))
              .build());
      larder.onChange(change -> seen.add(System.nanoTime()));
      answer(seen, () -> cache.get(1L, id -> "value"), () -> {
        if (cache.get(1L) instanceof Lookup.Hit) {
          throw new IllegalStateException("the entry is there after its invalidation was applied");
        }
      });
    }
  }

  private static void answer(BlockingQueue<Long> seen, Runnable before, Runnable after)
      throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    do {
      before.run();
      System.out.println("watching");
      long applied = seen.take();
      after.run();
      System.out.println(applied);
    } while (in.readLine() != null);
  }
}
