package dev.larder.warm;

import dev.larder.BulkLoader;
import dev.larder.Cache;
import dev.larder.ConfigurationException;
import dev.larder.Loader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link WarmPlan}. Not safe for many threads; each built plan is apart from its builder.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class WarmPlanBuilder<K, V> {

  /** Highest rate. */
  public static final int MOST_PER_SECOND = 100_000;

  final String name;
  final @Nullable Cache<K, V> cache;

  @Nullable Class<?> argumentType;

  @Nullable Function<@Nullable Object, ? extends Stream<? extends K>> keys;

  @Nullable ToLongFunction<@Nullable Object> total;

  @Nullable Loader<? super K, ? extends V, ?> loader;

  @Nullable BulkLoader<K, V, ?> bulkLoader;

  int batchSize = 1;

  @Nullable WarmSchedule schedule;

  boolean isOnStart;
  int perSecond = 100;
  int concurrency = 4;
  boolean isOnlyMissing = true;
  int giveUpAfter = 50;
  double readyShare;
  Duration readyLimit = Duration.ofMinutes(2);

  WarmPlanBuilder(String name, @Nullable Cache<K, V> cache) {
    this.name = name;
    this.cache = cache;
  }

  private WarmPlanBuilder(WarmPlanBuilder<K, V> from) {
    this(from.name, from.cache);
    argumentType = from.argumentType;
    keys = from.keys;
    total = from.total;
    loader = from.loader;
    bulkLoader = from.bulkLoader;
    batchSize = from.batchSize;
    schedule = from.schedule;
    isOnStart = from.isOnStart;
    perSecond = from.perSecond;
    concurrency = from.concurrency;
    isOnlyMissing = from.isOnlyMissing;
    giveUpAfter = from.giveUpAfter;
    readyShare = from.readyShare;
    readyLimit = from.readyLimit;
  }

  /**
   * The keys, most wanted first. Asked for once a run, read as the run goes on and closed at its end, so
   * a cursor over millions will do.
   */
  public WarmPlanBuilder<K, V> keys(Supplier<? extends Stream<? extends K>> keys) {
    this.argumentType = null;
    this.keys = none -> keys.get();
    return this;
  }

  /** The keys, always the same. */
  public WarmPlanBuilder<K, V> keys(Collection<? extends K> keys) {
    List<K> copy = List.copyOf(keys);
    return keys(copy::stream).total(copy::size);
  }

  /**
   * The keys as a function of an argument, such as a user's id: the plan runs only by {@link
   * Warming#run}.
   */
  public <A> WarmPlanBuilder<K, V> keysFor(
      Class<A> type, Function<? super A, ? extends Stream<? extends K>> keys) {
    this.argumentType = type;
    this.keys = argument -> keys.apply(Objects.requireNonNull(type.cast(argument)));
    return this;
  }

  /** How many keys there are, where somebody knows it before all are read; negative if not. */
  public WarmPlanBuilder<K, V> total(LongSupplier total) {
    this.total = none -> total.getAsLong();
    return this;
  }

  /** What loads one key: default the loader of the cache's policy. */
  public WarmPlanBuilder<K, V> loader(Loader<? super K, ? extends V, ?> loader) {
    this.loader = loader;
    this.bulkLoader = null;
    this.batchSize = 1;
    return this;
  }

  /**
   * What loads many keys at once.
   *
   * @param batchSize most keys of one load, 1 to 10,000 and no more than {@link #perSecond}
   */
  public WarmPlanBuilder<K, V> bulkLoader(BulkLoader<K, V, ?> loader, int batchSize) {
    this.bulkLoader = loader;
    this.loader = null;
    this.batchSize = batchSize;
    return this;
  }

  /** Runs at a fixed pace, 1 s to 366 days; the first time when one interval has passed. */
  public WarmPlanBuilder<K, V> every(Duration interval) {
    return schedule(WarmSchedule.every(interval));
  }

  /** Runs by a schedule: default only when asked. */
  public WarmPlanBuilder<K, V> schedule(WarmSchedule schedule) {
    this.schedule = schedule;
    return this;
  }

  /**
   * Runs when it is declared: default not. Such a run loads only what is missing, whatever {@link
   * #onlyMissing} says, so that ten nodes that start do not load everything ten times.
   */
  public WarmPlanBuilder<K, V> onStart() {
    this.isOnStart = true;
    return this;
  }

  /**
   * Most keys asked of the source in any second: default 100, 1 to {@value #MOST_PER_SECOND}. A load counts
   * until a second after its end.
   */
  public WarmPlanBuilder<K, V> perSecond(int keys) {
    this.perSecond = keys;
    return this;
  }

  /** Most loads at a time: default 4, 1 to 64. */
  public WarmPlanBuilder<K, V> concurrency(int loads) {
    this.concurrency = loads;
    return this;
  }

  /** Whether what is cached and fresh is left as it is: default true; otherwise all is loaded anew. */
  public WarmPlanBuilder<K, V> onlyMissing(boolean onlyMissing) {
    this.isOnlyMissing = onlyMissing;
    return this;
  }

  /**
   * How many failures in a row end a run, so that a source in trouble is left alone: default 50, 0 to a
   * million; 0 goes on to the last key. Nothing is tried again by itself.
   */
  public WarmPlanBuilder<K, V> giveUpAfter(int failures) {
    this.giveUpAfter = failures;
    return this;
  }

  /**
   * Has {@link Warming#ready} wait for this plan. Needs {@link #onStart}.
   *
   * @param share share of the keys that has to be there, above 0 and up to 1; below 1 the number of
   *     keys must be known
   * @param limit after this it is ready all the same: 1 s to 1 h
   */
  public WarmPlanBuilder<K, V> beforeReady(double share, Duration limit) {
    this.readyShare = share;
    this.readyLimit = limit;
    return this;
  }

  /**
   * The plan.
   *
   * @throws ConfigurationException naming every fault
   */
  public WarmPlan<K, V> build() {
    List<String> faults = new ArrayList<>();
    if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
      faults.add("name: '" + name + "' is not 1 to 64 letters, digits, _ . -");
    }
    if (keys == null) {
      faults.add("keys: none are said; call keys(...) or keysFor(...)");
    }
    if (loader == null && bulkLoader == null && cache != null) {
      loader = cache.policy().loader();
    }
    if (loader == null && bulkLoader == null) {
      faults.add("loader: none is said, here or in the cache's policy; call loader(...) or"
          + " bulkLoader(...)");
    }
    range(faults, "perSecond", perSecond, 1, MOST_PER_SECOND);
    range(faults, "concurrency", concurrency, 1, 64);
    range(faults, "giveUpAfter", giveUpAfter, 0, 1_000_000);
    range(faults, "batchSize", batchSize, 1, 10_000);
    if (batchSize > perSecond) {
      faults.add("batchSize: " + batchSize + " is more than perSecond, " + perSecond);
    }
    if (argumentType != null && (schedule != null || isOnStart)) {
      faults.add("keysFor: a plan that takes an argument runs only by run(name, argument);"
          + " take out every, schedule and onStart");
    }
    if (readyShare != 0) {
      if (!(readyShare > 0 && readyShare <= 1)) {
        faults.add("beforeReady: share " + readyShare + " is not above 0 and up to 1");
      } else if (readyShare < 1 && total == null) {
        faults.add("beforeReady: share " + readyShare
            + " of how many? call total(...), or wait for all with a share of 1");
      }
      if (!isOnStart) {
        faults.add("beforeReady: needs onStart()");
      }
      if (readyLimit.compareTo(Duration.ofSeconds(1)) < 0
          || readyLimit.compareTo(Duration.ofHours(1)) > 0) {
        faults.add("beforeReady: limit " + readyLimit + " is not PT1S to PT1H");
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException("warm-up " + name + ": " + String.join("; ", faults));
    }
    return new WarmPlan<>(new WarmPlanBuilder<>(this));
  }

  private static void range(List<String> faults, String option, int value, int least, int most) {
    if (value < least || value > most) {
      faults.add(option + ": " + value + " is not " + least + " to " + most);
    }
  }
}
