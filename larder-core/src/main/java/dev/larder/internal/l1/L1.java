package dev.larder.internal.l1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.larder.TimeSource;
import dev.larder.internal.node.Node;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache in this process.
 *
 * <p>Keyed by the caller's own key, so that a hit encodes nothing. The log speaks of slot keys, so an
 * index leads from those to the caller's. The index is written inside the map's atomic step for the
 * key, <em>before</em> the ring is asked; a follower enters the ring before it reads the index. So
 * either the put sees the record, or the follower sees the entry.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class L1<K, V> implements Node.Listener {

  private static final long TICK_NANOS = 1_000_000;

  private final Node node;
  private final TimeSource time;
  private final Cache<K, L1Entry<K, V>> entries;
  private final ConcurrentMap<String, L1Entry<K, V>> index = new ConcurrentHashMap<>();
  private final LongAdder evictions = new LongAdder();

  /**
   * The time that Caffeine goes by: the last that a caller read, renewed every millisecond. Its expiry
   * only frees memory, since every reader looks at an entry's own times; so a hit reads the clock once.
   */
  private volatile long ticks;

  /**
   * One life for all in Caffeine's eyes, the longest of any entry so far: a life for each would have
   * every hit move its entry in a timer wheel. An entry with a shorter life waits for its place.
   */
  private final Policy.FixedExpiration<K, L1Entry<K, V>> expiry;

  private volatile long longestLife;

  /**
   * @param maximum most entries, or most weight where a weigher is given
   * @param weigher weight of an entry, or null for 1 each
   * @param onEvicted told the milliseconds that an entry had to live which was dropped for want of room
   */
  public L1(
      Node node,
      TimeSource time,
      Executor executor,
      long maximum,
      @Nullable ToIntBiFunction<K, V> weigher,
      LongConsumer onEvicted) {
    this.node = node;
    this.time = time;
    this.ticks = time.nanos();
    Caffeine<K, L1Entry<K, V>> builder = Caffeine.newBuilder()
        .executor(executor)
        .ticker(() -> ticks)
        .expireAfterWrite(Duration.ofNanos(1))
        .evictionListener((key, entry, cause) -> {
          if (entry != null) {
            index.remove(entry.slot(), entry);
            if (cause == RemovalCause.SIZE) {
              evictions.increment();
              long left = entry.life().until() - ticks;
              onEvicted.accept(TimeUnit.NANOSECONDS.toMillis(left));
            }
          }
        });
    if (weigher == null) {
      this.entries = builder.maximumSize(maximum).build();
    } else {
      this.entries = builder
          .maximumWeight(maximum)
          .weigher((K key, L1Entry<K, V> entry) -> {
            V value = entry.value();
            return value == null ? 1 : Math.max(1, weigher.applyAsInt(key, value));
          })
          .build();
    }
    this.expiry = entries.policy().expireAfterWrite().orElseThrow();
    node.listen(this);
  }

  /**
   * The entry of a key, valid or not, past its time or not.
   *
   * @param now the time, {@link TimeSource#nanos}
   */
  public @Nullable L1Entry<K, V> get(K key, long now) {
    tick(now);
    return entries.getIfPresent(key);
  }

  private void tick(long now) {
    if (now - ticks >= TICK_NANOS) {
      ticks = now;
    }
  }

  /**
   * Stores an entry unless a record of its key is known after its keyAsOf.
   *
   * @return whether it was stored
   */
  public boolean put(K key, L1Entry<K, V> entry) {
    tick(time.nanos());
    allow(entry.life().until() - entry.life().madeAt());
    L1Entry<K, V> now;
    try {
      now = compute(key, entry);
    } catch (RuntimeException failedWeigher) {
      index.remove(entry.slot(), entry);
      throw failedWeigher;
    }
    return now == entry;
  }

  private void allow(long life) {
    if (life > longestLife) {
      synchronized (expiry) {
        if (life > longestLife) {
          longestLife = life;
          expiry.setExpiresAfter(Duration.ofNanos(life));
        }
      }
    }
  }

  private L1Entry<K, V> compute(K key, L1Entry<K, V> entry) {
    return entries.asMap().compute(key, (k, old) -> {
      index.put(entry.slot(), entry);
      boolean isOlder = old != null && old.keyAsOf() > entry.keyAsOf();
      if (!isOlder && node.isKeyClean(entry.slot(), entry.keyAsOf())) {
        return entry;
      }
      if (old == null) {
        index.remove(entry.slot(), entry);
      } else {
        index.put(old.slot(), old);
      }
      return old;
    });
  }

  /** Removes an entry if it still is the one given. */
  public void remove(K key, L1Entry<K, V> entry) {
    entries.asMap().computeIfPresent(key, (k, present) -> {
      if (present != entry) {
        return present;
      }
      index.remove(present.slot(), present);
      return null;
    });
  }

  @Override
  public void onKey(String slot, long sequence) {
    L1Entry<K, V> entry = index.get(slot);
    if (entry != null) {
      removeOlder(entry.key(), sequence);
    }
  }

  @Override
  public void onForget(String log, long sequence) {
    // By the index: an entry that is being put is there before its put asks the ring, but is not
    // yet among the map's keys.
    for (L1Entry<K, V> entry : index.values()) {
      removeOlder(entry.key(), sequence);
    }
  }

  private void removeOlder(K key, long sequence) {
    // Not computeIfPresent: that first looks without the lock, and misses an entry that is being
    // put.
    entries.asMap().compute(key, (k, entry) -> {
      if (entry == null || entry.keyAsOf() >= sequence) {
        return entry;
      }
      index.remove(entry.slot(), entry);
      return null;
    });
  }

  /** The entry of a slot key, valid or not; for operators. */
  public @Nullable L1Entry<K, V> find(String slot) {
    return index.get(slot);
  }

  /** All entries, valid or not, in no order; for operators. */
  public Iterable<L1Entry<K, V>> all() {
    return index.values();
  }

  /** How many entries, valid or not; an estimate. */
  public long size() {
    return entries.estimatedSize();
  }

  /** How many entries were removed for size, weight or age. */
  public long evictions() {
    return evictions.sum();
  }
}
