package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.LookupListener;
import dev.larder.TimeSource;
import dev.larder.internal.advise.Sampler;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.manage.CallSite;
import dev.larder.key.SlotKey;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CacheStats.LookupTimes;
import dev.larder.stats.Distribution.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what lookups and loads of one cache did, for all who want to know: counters, the sample of traffic,
 * hot keys, a trial, the journal, listeners. Safe for many threads; a hit in L1 takes no lock.
 */
final class LookupNotes<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  private final CacheEngine<K, V> engine;
  private final Counters counters;
  private final Sampler traffic;
  private final CacheTrial trial;
  private final TimeSource time;
  private final @Nullable LookupListener listener;
  private final TopKeys topKeys = new TopKeys();
  private volatile @Nullable Consumer<Object> asked;

  LookupNotes(CacheEngine<K, V> engine) {
    this.engine = engine;
    this.counters = engine.counters();
    this.traffic = engine.traffic();
    this.trial = engine.trial();
    this.time = engine.time();
    this.listener = engine.runtime().listener();
  }

  /**
   * Counts an answered lookup and tells the listener.
   *
   * @param entry what answered it, where that is known
   * @param tier who had it; null for a miss
   */
  void lookup(K key, @Nullable L1Entry<K, V> entry, @Nullable CacheTier tier, boolean isStale) {
    lookup(key, entry, tier, isStale, time.nanos());
  }

  /** As {@link #lookup}, for a hit in L1 that read the clock as it began. */
  void near(L1Entry<K, V> entry, boolean isStale, long now) {
    if (TopKeys.isSampledOften(now)) {
      // Loads of one cache differ more than hits do, so their mean takes more of them.
      counters.hitSpared(entry.life().loadNanos());
    }
    if (TopKeys.isSampled(now)) {
      counters.nearHitTook(time.nanos() - now);
      long age = TimeUnit.NANOSECONDS.toMillis(now - entry.life().madeAt());
      counters.histograms.record(Measure.AGE_AT_HIT, age);
    }
    lookup(entry.key(), entry, CacheTier.L1, isStale, now);
  }

  /** As {@link #lookup}, for a lookup that has read the clock. */
  void lookup(
      K key, @Nullable L1Entry<K, V> entry, @Nullable CacheTier tier, boolean isStale, long now) {
    counters.lookup(tier, isStale);
    traffic.read(key, tier, now);
    TrialRun run = trial.running();
    if (run != null) {
      String slot = entry == null ? engine.keys().encodeSlot(key) : entry.slot();
      run.read(slot, tier != null, entry, now);
    }
    if (TopKeys.isSampled(now)) {
      topKeys.note(key);
    }
    Consumer<Object> hearer = asked;
    if (hearer != null) {
      hearer.accept(key);
    }
    if (logger.isDebugEnabled()) {
      logger.debug("{} {}", tier == null ? "MISS" : "HIT", engine.keys().encodeSlot(key));
    }
    if (listener != null) {
      try {
        listener.onLookup(engine.name(), key, tier, isStale);
      } catch (RuntimeException failure) {
        logger.warn("cache {}: the listener of lookups failed", engine.name(), failure);
      }
    }
  }

  /** An entry is stored, for so many milliseconds to be fresh. */
  void set(String slot, long ttlMillis) {
    if (logger.isDebugEnabled()) {
      logger.debug("SET {} (ttl {} s)", slot, ttlMillis / 1000.0);
    }
  }

  /** A tier had nothing for a lookup, if it is a miss that was found there. */
  void missed(SlotKey slot, Found<K, V> found) {
    if (!found.why().isEmpty()) {
      engine.journal().missed(engine.name(), slot.slot(), found.why());
    }
  }

  /** A load of one key has ended; null if it succeeded. */
  void loaded(Ticket<K, V> ticket, String site, long nanos, @Nullable Throwable failure) {
    counters.load(failure == null, 1, nanos);
    long asOf = ticket.moment().sequence();
    engine.journal().loaded(engine.name(), ticket.slot().slot(), site, nanos, asOf, failure);
    TrialRun run = trial.running();
    if (run != null && !ticket.isPassing()) {
      run.loaded(ticket.slot().slot(), nanos, failure == null);
    }
  }

  /** A load of many keys has ended; null if it succeeded. */
  void loaded(Collection<Ticket<K, V>> tickets, long nanos, @Nullable Throwable failure) {
    counters.load(failure == null, tickets.size(), nanos);
    List<String> slots = new ArrayList<>(tickets.size());
    long asOf = -1;
    for (Ticket<K, V> ticket : tickets) {
      slots.add(ticket.slot().slot());
      asOf = Math.max(asOf, ticket.moment().sequence());
    }
    engine.journal().loadedAll(engine.name(), slots, CallSite.find(), nanos, asOf, failure);
    TrialRun run = trial.running();
    if (run != null) {
      tickets.stream().filter(ticket -> !ticket.isPassing()).forEach(ticket -> {
        run.loaded(ticket.slot().slot(), nanos / tickets.size(), failure == null);
      });
    }
  }

  /** Has every lookup told, on the thread that asked. */
  void listen(Consumer<Object> listener) {
    asked = listener;
  }

  TopKeys topKeys() {
    return topKeys;
  }

  CacheStats stats() {
    L1<K, V> l1 = engine.l1();
    return new CacheStats(
        engine.name(),
        counters.l1Hits.sum(),
        counters.l2Hits.sum(),
        counters.databaseHits.sum(),
        counters.staleHits.sum(),
        counters.misses.sum(),
        counters.waits.sum(),
        counters.loads.sum(),
        counters.loadFailures.sum(),
        counters.loadNanos.sum(),
        counters.fills.sum(),
        counters.fillsRefused.sum(),
        counters.unreadable.sum(),
        counters.tooLarge.sum(),
        counters.invalidations.sum(),
        counters.passes.sum(),
        l1 == null ? 0 : l1.size(),
        engine.policy().l1Maximum(),
        l1 == null ? 0 : l1.evictions(),
        new LookupTimes(
            counters.l1Timed.sum(),
            counters.l1Nanos.sum(),
            counters.tierTimed.sum(),
            counters.tierNanos.sum(),
            counters.missNanos.sum(),
            counters.keysLoaded.sum(),
            counters.bulkHits.sum(),
            counters.bulkSpared.sum(),
            counters.hitLoads.sum(),
            counters.hitLoadNanos.sum()),
        topKeys.top(20, counters.lookups(), key -> engine.keys().encodeSlot(key)));
  }
}
