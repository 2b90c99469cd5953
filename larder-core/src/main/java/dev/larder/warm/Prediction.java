package dev.larder.warm;

import dev.larder.Cache;
import dev.larder.ConfigurationException;
import dev.larder.Loader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a cache guesses what will be asked for next, and loads it before.
 *
 * <p>Two patterns are learnt, in the memory of one process: what one actor asks for right after something
 * else, and what is asked for in an hour of the day (UTC). A guess is right if the key is asked for
 * within the window. While fewer guesses are right than the least precision, guesses go on being made and
 * judged, but nothing is loaded for them.
 *
 * <pre>{@code
 * larder.warming().predict(Prediction.of(episodes)
 *     .actor(CurrentUser::id)
 *     .perSecond(20)
 *     .build());
 * }</pre>
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class Prediction<K, V> {

  private final Builder<K, V> set;

  private Prediction(Builder<K, V> set) {
    this.set = set;
  }

  /** Begins the settings of a cache. */
  public static <K, V> Builder<K, V> of(Cache<K, V> cache) {
    return new Builder<>(Objects.requireNonNull(cache));
  }

  /** The cache. */
  public Cache<K, V> cache() {
    return set.cache;
  }

  /** What loads a key. */
  public Loader<? super K, ? extends V, ?> loader() {
    return Objects.requireNonNull(set.loader);
  }

  /** Who asks now, or null where nobody is known. */
  public @Nullable Object currentActor() {
    return set.actor == null ? null : set.actor.get();
  }

  /** Whether hours of the day are learnt. */
  public boolean usesHours() {
    return set.usesHours;
  }

  /** Most guesses in any second. */
  public int perSecond() {
    return set.perSecond;
  }

  /** Share of guesses that have to be right. */
  public double leastPrecision() {
    return set.leastPrecision;
  }

  /** How long a guess has to come true. */
  public Duration window() {
    return set.window;
  }

  /** Builds a {@link Prediction}. */
  public static final class Builder<K, V> {

    private final Cache<K, V> cache;
    private @Nullable Loader<? super K, ? extends V, ?> loader;
    private @Nullable Supplier<? extends @Nullable Object> actor;
    private boolean usesHours;
    private int perSecond = 20;
    private double leastPrecision = 0.4;
    private Duration window = Duration.ofMinutes(1);

    private Builder(Cache<K, V> cache) {
      this.cache = cache;
      this.loader = cache.policy().loader();
    }

    /** What loads a key: default the loader of the cache's policy. */
    public Builder<K, V> loader(Loader<? super K, ? extends V, ?> loader) {
      this.loader = loader;
      return this;
    }

    /**
     * Who asks, such as the id of a user; asked on the thread of each lookup, so it must be quick. With
     * it successors are learnt. Null where nobody is known.
     */
    public Builder<K, V> actor(Supplier<? extends @Nullable Object> actor) {
      this.actor = actor;
      return this;
    }

    /** Learns what is asked for in each hour of the day; five minutes before it comes that is loaded. */
    public Builder<K, V> byHour() {
      this.usesHours = true;
      return this;
    }

    /** Most guesses in any second: default 20, 1 to 10,000. */
    public Builder<K, V> perSecond(int guesses) {
      this.perSecond = guesses;
      return this;
    }

    /** Share of the last 200 guesses that have to be right: default 0.4, 0 to 1. */
    public Builder<K, V> leastPrecision(double share) {
      this.leastPrecision = share;
      return this;
    }

    /** How long a guess of a successor has to come true: default 1 min, 1 s to 1 h. */
    public Builder<K, V> window(Duration window) {
      this.window = window;
      return this;
    }

    /**
     * The settings.
     *
     * @throws ConfigurationException naming every fault
     */
    public Prediction<K, V> build() {
      List<String> faults = new ArrayList<>();
      if (loader == null) {
        faults.add("loader: none is said, here or in the cache's policy");
      }
      if (actor == null && !usesHours) {
        faults.add("nothing to learn from; call actor(...), byHour() or both");
      }
      if (perSecond < 1 || perSecond > 10_000) {
        faults.add("perSecond: " + perSecond + " is not 1 to 10,000");
      }
      if (!(leastPrecision >= 0 && leastPrecision <= 1)) {
        faults.add("leastPrecision: " + leastPrecision + " is not 0 to 1");
      }
      if (window.compareTo(Duration.ofSeconds(1)) < 0
          || window.compareTo(Duration.ofHours(1)) > 0) {
        faults.add("window: " + window + " is not PT1S to PT1H");
      }
      if (!faults.isEmpty()) {
        throw new ConfigurationException(
            "prediction of cache " + cache.name() + ": " + String.join("; ", faults));
      }
      Builder<K, V> copy = new Builder<>(cache);
      copy.loader = loader;
      copy.actor = actor;
      copy.usesHours = usesHours;
      copy.perSecond = perSecond;
      copy.leastPrecision = leastPrecision;
      copy.window = window;
      return new Prediction<>(copy);
    }
  }
}
