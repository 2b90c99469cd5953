package dev.larder.internal.warm;

import dev.larder.Cache;
import dev.larder.TimeSource;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.store.GuardedStore;
import dev.larder.stats.CacheStats.HotKey;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the warm-ups of one larder share.
 *
 * @param store the nearest shared tier, where turns are told; null if there is none
 * @param executor runs loads
 * @param scheduler runs waits
 * @param caches those of this larder
 * @param hot asks all nodes for the keys that they are asked for most in a cache, as the codec of their
 *     type writes them in base 64, and at most so many
 * @param listen has every lookup of the named cache told to a listener, on the thread that asked
 * @param news hears when runs begin and end
 * @param codecs null if there are none
 */
public record WarmContext(
    String keyPrefix,
    String nodeId,
    @Nullable GuardedStore store,
    TimeSource time,
    Executor executor,
    ScheduledExecutorService scheduler,
    Supplier<List<Cache<?, ?>>> caches,
    BiFunction<String, Integer, List<HotKey>> hot,
    BiConsumer<String, Consumer<Object>> listen,
    News news,
    @Nullable CodecProvider codecs) {

  /** Hears of runs. Must be safe for many threads. */
  @FunctionalInterface
  public interface News {
    /**
     * Hears of one.
     *
     * @param nanos how long it took; 0 if it goes on
     * @param keys how many were there at the end or were loaded
     */
    void heard(String cache, String plan, String text, long nanos, long keys);
  }
}
