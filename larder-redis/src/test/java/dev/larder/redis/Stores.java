package dev.larder.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** What the tests of this module share. */
final class Stores {

  /** So long that no slow machine fails a test, and that a call that waits for it does. */
  static final Duration PATIENT = Duration.ofMinutes(1);

  /** For tests that let commands run out of time. */
  static final Duration IMPATIENT = Duration.ofMillis(300);

  static final Duration LONG = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int KEPT = 10_000;

  private Stores() {}

  /** A server of version 7 or later; the test is left out where none is installed. */
  static EmbeddedRedis installedRedis() {
    Optional<EmbeddedRedis> redis = EmbeddedRedis.installed();
    assumeTrue(
        redis.isPresent(),
        "no redis-server or valkey-server is installed or named by LARDER_REDIS_SERVER");
    String version = redis.get().version();
    if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < 7) {
      redis.get().close();
      assumeTrue(false, "the installed server is older than 7: " + version);
    }
    return redis.get();
  }

  static RedisStore open(EmbeddedRedis redis, String keyPrefix) {
    return open(redis.uri(), keyPrefix, PATIENT);
  }

  static RedisStore open(String uri, String keyPrefix, Duration commandTimeout) {
    return RedisStore.builder()
        .uri(uri)
        .settings(new StoreSettings(keyPrefix, commandTimeout, KEPT, 1_000))
        .build();
  }

  /** The outcome of a stage; a failure is thrown as it is. */
  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError("the stage failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + PATIENCE, e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Whether a stage succeeds in the end. */
  static boolean succeeds(CompletionStage<?> stage) {
    try {
      get(stage);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  static void eventually(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }

  static Change change(Target... targets) {
    return new Change(nonce(), List.of(targets), "node-1", "test", 1);
  }

  /** A nonce that is not 0. */
  static long nonce() {
    return ThreadLocalRandom.current().nextLong() | 1;
  }
}
