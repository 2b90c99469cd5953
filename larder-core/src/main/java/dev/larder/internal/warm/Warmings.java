package dev.larder.internal.warm;

import dev.larder.Cache;
import dev.larder.ConfigurationException;
import dev.larder.LarderClosedException;
import dev.larder.TimeSource;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.store.GuardedStore;
import dev.larder.manage.WarmUp;
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.warm.Prediction;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmRun;
import dev.larder.warm.Warming;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one larder, by name.
 *
 * <p>Loads run on threads of their own, as many as the plans that run have loads at a time, so that they
 * never stand in the way of refreshes; on the larder's executor where its builder was given one.
 */
public final class Warmings implements Warming, AutoCloseable {

  private static final long RELEASE_MILLIS = 250;

  private final Map<String, Declared<?, ?>> plans = new ConcurrentSkipListMap<>();
  private final Map<String, Predictor<?, ?>> predictors = new ConcurrentSkipListMap<>();
  private final WarmContext context;
  private final @Nullable ExecutorService own;
  private volatile boolean isClosed;

  /**
   * @param store the nearest shared tier, if any
   * @param given runs loads; null for threads of their own
   * @param caches see {@link WarmContext}
   * @param hot see {@link WarmContext}
   * @param listen see {@link WarmContext}
   * @param news see {@link WarmContext}
   */
  public Warmings(
      String keyPrefix,
      String nodeId,
      @Nullable GuardedStore store,
      TimeSource time,
      @Nullable Executor given,
      ScheduledExecutorService scheduler,
      Supplier<List<Cache<?, ?>>> caches,
      BiFunction<String, Integer, List<HotKey>> hot,
      BiConsumer<String, Consumer<Object>> listen,
      WarmContext.News news,
      @Nullable CodecProvider codecs) {
    own = given == null ? threads() : null;
    Executor executor = own != null ? own : java.util.Objects.requireNonNull(given);
    context = new WarmContext(
        keyPrefix, nodeId, store, time, executor, scheduler, caches, hot, listen, news, codecs);
  }

  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
          Thread thread = Executors.defaultThreadFactory().newThread(task);
          thread.setDaemon(true);
          thread.setName("larder-warm-" + count.incrementAndGet());
          return thread;
        });
  }

  @Override
  public void declare(WarmPlan<?, ?> plan) {
    if (isClosed) {
      throw new LarderClosedException("warm-up " + plan.name() + ": the larder is closed");
    }
    declared(plan);
  }

  private <K, V> void declared(WarmPlan<K, V> plan) {
    Declared<K, V> declared = new Declared<>(plan, context);
    if (plans.putIfAbsent(plan.name(), declared) != null) {
      throw new ConfigurationException(
          "warm-up " + plan.name() + ": there is one of this name already");
    }
    declared.open();
  }

  private Declared<?, ?> find(String name) {
    Declared<?, ?> plan = plans.get(name);
    if (plan == null) {
      if (predictors.containsKey(name)) {
        throw new IllegalArgumentException(
            name + " makes guesses: it can be paused and resumed, and no more");
      }
      Set<String> names = plans.keySet();
      throw new IllegalArgumentException(
          "warm-up " + name + ": there is none of this name; there are " + names);
    }
    return plan;
  }

  @Override
  public void predict(Prediction<?, ?> prediction) {
    if (isClosed) {
      throw new LarderClosedException(
          "prediction of cache " + prediction.cache().name() + ": the larder is closed");
    }
    predicted(prediction);
  }

  private <K, V> void predicted(Prediction<K, V> prediction) {
    String cache = prediction.cache().name();
    Predictor<K, V> predictor = new Predictor<>(prediction, context);
    if (predictors.putIfAbsent(predictor.name(), predictor) != null) {
      throw new ConfigurationException("prediction of cache " + cache + ": there is one already");
    }
    context.listen().accept(cache, predictor::askedAny);
  }

  @Override
  public List<WarmUp> status() {
    return Stream.concat(
            plans.values().stream().map(Declared::status),
            predictors.values().stream().map(Predictor::status))
        .toList();
  }

  @Override
  public WarmUp status(String name) {
    Predictor<?, ?> predictor = predictors.get(name);
    return predictor == null ? find(name).status() : predictor.status();
  }

  @Override
  public WarmRun start(String name, WarmUp.Limits limits) {
    return find(name).start(limits);
  }

  @Override
  public WarmRun run(String name, Object argument) {
    return find(name).run(argument);
  }

  @Override
  public WarmRun rerunFailed(String name, WarmUp.Limits limits) {
    return find(name).rerunFailed(limits);
  }

  @Override
  public boolean pause(String name) {
    Predictor<?, ?> predictor = predictors.get(name);
    if (predictor != null) {
      return predictor.pause(true);
    }
    return find(name).pause();
  }

  @Override
  public boolean resume(String name, WarmUp.Limits limits) {
    Predictor<?, ?> predictor = predictors.get(name);
    if (predictor != null) {
      if (!limits.equals(WarmUp.Limits.AS_DECLARED)) {
        throw new IllegalArgumentException(
            name + " makes guesses, and takes no limits: declare another rate");
      }
      return predictor.pause(false);
    }
    return find(name).resume(limits);
  }

  @Override
  public boolean cancel(String name) {
    return find(name).cancel();
  }

  @Override
  public <K> List<K> hotKeys(Cache<K, ?> cache, int most) {
    return new Hottest(context).keys(cache, most);
  }

  @Override
  public Stream<Callable<?>> hottest(int most) {
    return new Hottest(context).calls(most);
  }

  @Override
  public boolean isReady() {
    return plans.values().stream().allMatch(plan -> plan.ready().isDone());
  }

  @Override
  public CompletionStage<Void> ready() {
    return CompletableFuture.allOf(
        plans.values().stream().map(Declared::ready).toArray(CompletableFuture[]::new));
  }

  /** Ends all runs, and lets other nodes have their turn: waits for that a moment. */
  @Override
  public void close() {
    isClosed = true;
    CompletableFuture<?>[] given =
        plans.values().stream().map(Declared::close).toArray(CompletableFuture[]::new);
    var unused = CompletableFuture.allOf(given)
        .completeOnTimeout(null, RELEASE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
    if (own != null) {
      own.shutdown();
    }
  }
}
