package dev.larder.internal.engine;

import dev.larder.Loader;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Owned;
import dev.larder.internal.manage.CacheInspection.Differing;
import dev.larder.manage.FreshnessCount.Check;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a sample of fresh hits with the source, in the background: what differs though nothing was
 * invalidated is an invalidation that somebody forgot. A hit that differs is looked at a second time,
 * after this node has heard of all that was invalidated meanwhile.
 *
 * <p>Values are compared by {@code equals}, or by their stored form where the cache has one.
 */
final class HitChecks<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  /** Checks under way at once, in one cache: the source is asked for each. */
  private static final int AT_ONCE = 2;

  /** Records of a writer who has committed and not yet told are awaited for so long. */
  private static final long SECOND_LOOK_MILLIS = 1_000;

  /** Of so many it is remembered that they differ. */
  private static final int MOST_DIFFERING = 1_000;

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final CacheEngine<K, V> engine;
  private final long below;
  private final long secondLookMillis;
  private final AtomicInteger underWay = new AtomicInteger();

  /** Slot keys of those under way: a hot key does not take all the room. */
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  private final Map<String, Differed<K, V>> differed = new ConcurrentHashMap<>();

  /** An entry that differed, which L1 alone keeps alive. */
  private record Differed<K, V>(WeakReference<L1Entry<K, V>> entry, long foundAt) {}

  /**
   * @param share of fresh hits in L1 that are checked, above 0 and at most 1
   */
  HitChecks(CacheEngine<K, V> engine, double share) {
    this.engine = engine;
    this.below = share >= 1 ? Long.MAX_VALUE : (long) (share * Long.MAX_VALUE);
    this.secondLookMillis =
        Math.max(SECOND_LOOK_MILLIS, engine.policy().maxStaleness().toMillis());
  }

  /** A fresh hit was answered by L1 at this time. */
  <X extends Exception> void onHit(
      L1Entry<K, V> entry, Loader<? super K, ? extends V, X> loader, long now) {
    if (((now * GOLDEN_RATIO) >>> 1) > below || isKnown(entry)) {
      return;
    }
    if (underWay.incrementAndGet() > AT_ONCE) {
      underWay.decrementAndGet();
    } else if (looking.add(entry.slot())) {
      execute(entry, loader, true);
    } else {
      underWay.decrementAndGet();
    }
  }

  private void done(L1Entry<K, V> entry) {
    looking.remove(entry.slot());
    underWay.decrementAndGet();
  }

  private <X extends Exception> void execute(
      L1Entry<K, V> entry, Loader<? super K, ? extends V, X> loader, boolean isFirst) {
    try {
      Runnable look = engine.runtime().context().apply(() -> look(entry, loader, isFirst));
      engine.runtime().executor().execute(look);
    } catch (RuntimeException busy) {
      done(entry);
      logger.debug("cache {}: no room to compare a hit with the source", engine.name(), busy);
    }
  }

  private <X extends Exception> void look(
      L1Entry<K, V> entry, Loader<? super K, ? extends V, X> loader, boolean isFirst) {
    boolean goesOn = false;
    try {
      V now = load(entry.key(), loader);
      if (isSame(entry.value(), now)) {
        engine.journal().sampled(Check.HIT, 1);
      } else if (isFirst) {
        goesOn = true;
        lookAgain(entry, loader);
      } else if (isHeld(entry)) {
        remember(entry);
        engine.journal().sampled(Check.HIT, 1);
        engine
            .journal()
            .staleFound(
                Check.HIT,
                engine.name(),
                entry.slot(),
                "the source has another value, and nothing that covers this one was invalidated",
                engine.time().nanos() - entry.life().madeAt());
      }
    } catch (Exception failed) {
      logger.debug("cache {}: a hit could not be compared with the source", engine.name(), failed);
    } finally {
      if (!goesOn) {
        done(entry);
      }
    }
  }

  private <X extends Exception> void lookAgain(
      L1Entry<K, V> entry, Loader<? super K, ? extends V, X> loader) {
    var unused = engine
        .runtime()
        .scheduler()
        .schedule(() -> execute(entry, loader, false), secondLookMillis, TimeUnit.MILLISECONDS);
  }

  /** What was found is not looked at again. */
  private boolean isKnown(L1Entry<K, V> entry) {
    Differed<K, V> found = differed.get(entry.slot());
    return found != null && found.entry().get() == entry;
  }

  private void remember(L1Entry<K, V> entry) {
    if (differed.size() >= MOST_DIFFERING) {
      differed.values().removeIf(each -> !isHeld(each));
    }
    if (differed.size() < MOST_DIFFERING) {
      differed.put(
          entry.slot(), new Differed<>(new WeakReference<>(entry), engine.time().nanos()));
    }
  }

  /** What was found to differ and is served still. */
  List<Differing> differing() {
    differed.values().removeIf(each -> !isHeld(each));
    long now = engine.time().nanos();
    List<Differing> all = new ArrayList<>();
    differed.forEach((slot, each) -> all.add(new Differing(slot, now - each.foundAt())));
    return all;
  }

  private boolean isHeld(Differed<K, V> each) {
    L1Entry<K, V> entry = each.entry().get();
    return entry != null && isHeld(entry);
  }

  /** Whether L1 would still serve it. */
  private boolean isHeld(L1Entry<K, V> entry) {
    return engine.nearest(entry.key(), engine.time().nanos()) == entry;
  }

  private static <K, V, X extends Exception> @Nullable V load(
      K key, Loader<? super K, ? extends V, X> loader) throws X {
    Owned.enter();
    try {
      return loader.load(key);
    } finally {
      Owned.leave();
    }
  }

  private boolean isSame(@Nullable V cached, @Nullable V now) {
    if (Objects.deepEquals(cached, now)) {
      return true;
    }
    ValueForm<V> form = engine.form();
    return form != null && cached != null && now != null && form.isSame(cached, now);
  }
}
