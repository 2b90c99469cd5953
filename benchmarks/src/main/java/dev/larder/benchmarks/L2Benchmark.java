package dev.larder.benchmarks;

import dev.larder.Lookup;
import io.lettuce.core.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * What a hit, a bulk read and a load cost in Redis beside bare Lettuce with the same decoding of the
 * same values. L1 is off. Run: {@code java -jar benchmarks/target/benchmarks.jar jmh L2}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class L2Benchmark {

  private static final int KEYS = 1_024;
  private static final int BULK = 100;

  private @Nullable Servers started;
  private long next;
  private long fresh = 1_000_000;

  /** Starts Redis and stores the same values both ways. */
  @Setup
  public void start() {
    Servers servers = new Servers();
    for (long id = 0; id < KEYS; id++) {
      servers.store(id);
    }
    started = servers;
  }

  /** Stops all of it. */
  @TearDown
  public void stop() {
    servers().close();
  }

  private Servers servers() {
    return java.util.Objects.requireNonNull(started);
  }

  private long key() {
    next = (next + 1) & (KEYS - 1);
    return next;
  }

  private List<Long> keys() {
    List<Long> keys = new ArrayList<>(BULK);
    for (int i = 0; i < BULK; i++) {
      keys.add(key());
    }
    return keys;
  }

  /** GET and decode. */
  @Benchmark
  public Album bareHit() {
    return servers().decode(servers().bare.sync().get(Servers.bareKey(key())));
  }

  /** The same by Larder. */
  @Benchmark
  public Lookup<Album> larderHit() {
    return servers().cache.get(key());
  }

  /** MGET of 100 and decode. */
  @Benchmark
  public Map<Long, Album> bareHundred() {
    List<Long> keys = keys();
    byte[][] names = new byte[BULK][];
    for (int i = 0; i < BULK; i++) {
      names[i] = Servers.bareKey(keys.get(i));
    }
    Map<Long, Album> found = new LinkedHashMap<>();
    int i = 0;
    for (KeyValue<byte[], byte[]> each : servers().bare.sync().mget(names)) {
      found.put(keys.get(i++), servers().decode(each.getValue()));
    }
    return found;
  }

  /** The same by Larder. */
  @Benchmark
  public Map<Long, Album> larderHundred() {
    return servers().cache.getAll(keys(), missing -> Map.of());
  }

  /** GET, nothing there, make the value, SET. */
  @Benchmark
  public Album bareLoad() {
    long id = fresh++;
    byte[] name = Servers.bareKey(id);
    byte[] found = servers().bare.sync().get(name);
    if (found != null) {
      return servers().decode(found);
    }
    Album album = Album.of(id);
    servers()
        .bare
        .sync()
        .set(name, servers().codec.encode(album), io.lettuce.core.SetArgs.Builder.ex(3_600));
    return album;
  }

  /** The same by Larder, with a lease and a fence: one round trip more. */
  @Benchmark
  public @Nullable Album larderLoad() {
    return servers().cache.get(fresh++, Album::of);
  }
}
