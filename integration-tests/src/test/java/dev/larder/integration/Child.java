package dev.larder.integration;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.log.Position;
import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmRun;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A node in a process of its own, told by lines on its standard input what to do; it answers each
 * with a line. The source is a string in Redis, {@code source}; each load counts in {@code loads}.
 *
 * <p>Lines: {@code get KEY}, {@code getMany KEY THREADS}, {@code getAtLeast KEY POSITION}, {@code
 * loadForever KEY}, {@code invalidate KEY}, {@code tag TAG}, {@code write KEY VALUE}, {@code warm KEYS}
 * (begins, and says whose turn it is), {@code warmed KEYS} (waits for the end).
 */
public final class Child {

  private final StatefulRedisConnection<String, String> source;
  private final Larder larder;
  private final Cache<String, String> cache;
  private @Nullable WarmRun warmUp;

  private Child(String redisUri, String keyPrefix, String databaseUrl, Duration lease) {
    source = RedisClient.create(redisUri).connect();
    var builder = Larder.builder()
        .keyPrefix(keyPrefix)
        .redis(redisUri)
        .startTimeout(Duration.ofSeconds(30))
        .tierTimeout(Duration.ofSeconds(10))
        .logTimeout(Duration.ofSeconds(10));
    if (!databaseUrl.isEmpty()) {
      builder.database(databaseUrl);
    }
    larder = builder.build();
    cache = larder.cache(
        "text",
        CachePolicy.of(String.class, String.class)
            .keyTags(key -> java.util.List.of("key:" + key))
            .lease(lease)
            .build());
  }

  /** Arguments: Redis, key prefix, database or empty, lease in milliseconds. */
  public static void main(String[] args) throws IOException {
    Child child = new Child(args[0], args[1], args[2], Duration.ofMillis(Long.parseLong(args[3])));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String answer;
      try {
        answer = child.carryOut(line.split(" "));
      } catch (Exception failure) {
        answer = "failed: " + failure;
      }
      System.out.println(answer);
    }
    // The end of the parent's pipe ends this process, however the parent ended.
    System.exit(0);
  }

  private String carryOut(String[] words) throws Exception {
    String key = words[1];
    return switch (words[0]) {
      case "get" -> cache.get(key, this::load);
      case "getMany" -> getMany(key, Integer.parseInt(words[2]));
      case "getAtLeast" -> cache.atLeast(Position.parse(words[2])).get(key, this::load);
      case "loadForever" -> cache.get(key, this::loadForever);
      case "invalidate" -> cache.invalidate(key).position().orElseThrow().toString();
      case "tag" -> larder.invalidateTags(key).position().orElseThrow().toString();
      case "write" ->
        cache
            .write(key, () -> {
              source.sync().set("source", words[2]);
              return words[2];
            })
            .position()
            .orElseThrow()
            .toString();
      case "warm" -> warm(Integer.parseInt(key));
      case "warmed" -> warmed();
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  /** Four at a time, at most 500 a second. */
  private String warm(int keys) {
    if (larder.warming().status().isEmpty()) {
      larder
          .warming()
          .declare(WarmPlan.of("texts", cache)
              .keys(() -> IntStream.range(0, keys).mapToObj(each -> "k" + each))
              .perSecond(500)
              .loader(this::loadWarm)
              .build());
    }
    WarmRun run = larder.warming().start("texts");
    warmUp = run;
    return run.turn().toCompletableFuture().join().toString();
  }

  private String warmed() {
    WarmUp end = Objects.requireNonNull(warmUp).ended().toCompletableFuture().join();
    return end.state() + " " + end.done() + " " + end.found() + " " + end.failed();
  }

  /** Notes in the source which key was loaded, when by the source's clock, and how many at once. */
  private String loadWarm(String key) {
    source.sync().eval("""
        redis.call('SADD', 'warmed', KEYS[1])
        redis.call('INCR', 'loads')
        local time = redis.call('TIME')
        redis.call('RPUSH', 'times', time[1] * 1000000 + time[2])
        local now = redis.call('INCR', 'loading')
        if now > tonumber(redis.call('GET', 'most') or '0') then
          redis.call('SET', 'most', now)
        end
        """, ScriptOutputType.STATUS, key);
    try {
      return "v";
    } finally {
      source.sync().decr("loading");
    }
  }

  private String load(String key) {
    source.sync().incr("loads");
    return String.valueOf(source.sync().get("source"));
  }

  private String loadForever(String key) throws InterruptedException {
    source.sync().incr("loads");
    new CountDownLatch(1).await();
    return "never";
  }

  private String getMany(String key, int threads) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(threads);
    AtomicReference<String> different = new AtomicReference<>("");
    String expected = source.sync().get("source");
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> {
        ready.countDown();
        try {
          go.await();
          String value = cache.get(key, this::load);
          if (!expected.equals(value)) {
            different.set("got " + value);
          }
        } catch (Exception failure) {
          different.set("failed: " + failure);
        } finally {
          done.countDown();
        }
      });
      thread.setDaemon(true);
      thread.start();
    }
    ready.await();
    go.countDown();
    done.await();
    return different.get().isEmpty() ? expected : different.get();
  }
}
