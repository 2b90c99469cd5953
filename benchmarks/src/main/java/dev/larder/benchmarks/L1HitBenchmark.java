package dev.larder.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Lookup;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a hit in the process costs beside bare Caffeine with expiry. The entry has one tag. Run: {@code
 * java -jar benchmarks/target/benchmarks.jar jmh L1Hit}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class L1HitBenchmark {

  private static final int KEYS = 1_024;

  private final Long[] keys = new Long[KEYS];
  private final com.github.benmanes.caffeine.cache.Cache<Long, Album> caffeine =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofHours(1))
          .build();
  private final Larder larder = Larder.builder().build();
  private final Cache<Long, Album> cache = larder.cache(
      "album",
      CachePolicy.of(Long.class, Album.class)
          .ttl(Duration.ofHours(1))
          .tags((id, album) -> Set.of("artist:" + album.artist()))
          .build());
  private int next;

  /** Fills both caches with the same entries. */
  @Setup
  public void fill() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = (long) i;
      caffeine.put(keys[i], Album.of(i));
      cache.get(keys[i], Album::of);
    }
  }

  /** Ends the larder. */
  @TearDown
  public void close() {
    larder.close();
  }

  private Long key() {
    next = (next + 1) & (KEYS - 1);
    return keys[next];
  }

  /** The baseline. */
  @Benchmark
  public @Nullable Object bare() {
    return caffeine.getIfPresent(key());
  }

  /** A hit by the call that could load. */
  @Benchmark
  public @Nullable Object larderGet() {
    return cache.get(key(), Album::of);
  }

  /** A hit by the call that does not load. */
  @Benchmark
  public Lookup<Album> larderLookup() {
    return cache.get(key());
  }
}
