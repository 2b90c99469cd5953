package dev.larder.engine;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.TextCodecs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.jetbrains.lincheck.datastructures.LongGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StringGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * A node over L1 and L2 with its source, as Lincheck calls it: a new one for each run. Its time stands,
 * so nothing ends but by an invalidation.
 */
@Param(name = "key", gen = LongGen.class, conf = "1:2")
@Param(name = "value", gen = StringGen.class, conf = "1:abc")
public abstract class LinearNode {

  /** At most; long enough for a write to come and go while a load is under way. */
  private static final int SPINS_OF_A_LOAD = 2_000;

  private static final int SPINS_OF_A_WRITE = 200;

  /** Ends the pauses of readers who wait for a writer's token; how long they are decides nothing. */
  private static final ScheduledExecutorService TIMERS =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lincheck-timers");
        thread.setDaemon(true);
        return thread;
      });

  final Cache<Long, String> cache;
  private final Map<Long, String> source = new ConcurrentHashMap<>();
  private final MemoryStore l2;
  private final Larder larder;

  LinearNode() {
    FakeTime time = new FakeTime();
    l2 = MemoryStore.builder().clock(time::millis).scheduler(TIMERS).build();
    larder = Larder.builder()
        .keyPrefix("lab")
        .codecs(new TextCodecs())
        .time(time)
        .scheduler(TIMERS)
        .executor(Runnable::run)
        .tierTimeout(Duration.ofMinutes(1))
        .logTimeout(Duration.ofMinutes(1))
        .l2(l2)
        .build();
    cache = larder.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .jitter(0)
            .ttl(Duration.ofHours(1))
            .keyTags(id -> Set.of("id:" + id))
            .build());
  }

  /** Reads a key, from the source if need be. */
  @Operation
  public @Nullable String read(@Param(name = "key") long key) {
    return cache.get(key, this::load);
  }

  /** Reads the source; another thread may come in before the value is stored. */
  @Nullable String load(long key) {
    String value = source.get(key);
    pause(SPINS_OF_A_LOAD);
    return value;
  }

  /** Writes the source; another thread may come in before the cache is told. */
  void commit(long key, String value) {
    source.put(key, value);
    pause(SPINS_OF_A_WRITE);
  }

  /** Gives another thread time to come in, at random; without, few runs would overlap here. */
  private static void pause(int most) {
    for (int left = ThreadLocalRandom.current().nextInt(most); left > 0; left--) {
      Thread.onSpinWait();
    }
  }

  void commitAndInvalidate(long key, String value) {
    commit(key, value);
    acknowledged(cache.invalidate(key));
  }

  void commitAndInvalidateTag(long key, String value) {
    commit(key, value);
    acknowledged(cache.invalidateTags("id:" + key));
  }

  static void acknowledged(Acknowledgement done) {
    if (!(done instanceof Acknowledgement.Appended)) {
      throw new AssertionError("not acknowledged: " + done);
    }
  }

  /** Ends the run. */
  @Validate
  public void close() {
    larder.close();
    l2.close();
  }

  /** Writers who change the source and invalidate, any number at once. */
  public static class Invalidating extends LinearNode {

    /** Writes, and invalidates the key. */
    @Operation
    public void write(@Param(name = "key") long key, @Param(name = "value") String value) {
      commitAndInvalidate(key, value);
    }

    /** Writes, and invalidates the key's tag. */
    @Operation
    public void writeByTag(@Param(name = "key") long key, @Param(name = "value") String value) {
      commitAndInvalidateTag(key, value);
    }
  }

  /**
   * All ways to write, and to load anew, one at a time; readers at any time. Overlapping, these are not
   * linearizable before they are acknowledged: {@link Cache} says what holds then.
   */
  public static class OneWriter extends LinearNode {

    /** Writes, and invalidates the key. */
    @Operation(nonParallelGroup = "writer")
    public void write(@Param(name = "key") long key, @Param(name = "value") String value) {
      commitAndInvalidate(key, value);
    }

    /** Writes, and invalidates the key's tag. */
    @Operation(nonParallelGroup = "writer")
    public void writeByTag(@Param(name = "key") long key, @Param(name = "value") String value) {
      commitAndInvalidateTag(key, value);
    }

    /** Writes through. */
    @Operation(nonParallelGroup = "writer")
    public void writeThrough(@Param(name = "key") long key, @Param(name = "value") String value) {
      acknowledged(cache.write(key, () -> {
        commit(key, value);
        return value;
      }));
    }

    /** Loads anew. */
    @Operation(nonParallelGroup = "writer")
    public @Nullable String refresh(@Param(name = "key") long key) {
      return cache.refresh(key, this::load);
    }
  }

  /** What a node is held against: a map. */
  public static class Plain {

    private final Map<Long, String> values = new HashMap<>();

    /** Reads. */
    public @Nullable String read(long key) {
      return values.get(key);
    }

    /** Reads. */
    public @Nullable String refresh(long key) {
      return read(key);
    }

    /** Writes. */
    public void write(long key, String value) {
      values.put(key, value);
    }

    /** Writes. */
    public void writeByTag(long key, String value) {
      write(key, value);
    }

    /** Writes. */
    public void writeThrough(long key, String value) {
      write(key, value);
    }
  }
}
