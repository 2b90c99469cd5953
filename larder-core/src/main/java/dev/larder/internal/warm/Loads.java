package dev.larder.internal.warm;

import dev.larder.BulkLoader;
import dev.larder.Cache;
import dev.larder.Loader;
import dev.larder.Lookup;
import dev.larder.warm.WarmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks whether a key of a plan is there, and loads it. */
final class Loads<K, V> {

  private static final int LONGEST_TEXT = 200;

  private final WarmPlan<K, V> plan;
  private final @Nullable Cache<K, V> cache;

  Loads(WarmPlan<K, V> plan) {
    this.plan = plan;
    this.cache = plan.cache();
  }

  /**
   * A key that has to be loaded.
   *
   * @param isThere whether the cache has it all the same, stale or to be loaded anew
   */
  record Wanted<K>(K key, boolean isThere) {}

  /**
   * What is to be done for a key; null if the cache has a fresh value or a fresh absence, which is then
   * in L1 too. Neither counted nor heard of by listeners, so hit rates stay those of visitors.
   *
   * @param anew whether what is there is to be loaded all the same
   */
  @Nullable Wanted<K> look(K key, boolean anew) {
    Cache<K, V> target = cache;
    if (target == null || anew) {
      return new Wanted<>(key, true);
    }
    Lookup<V> found = target.peek(key);
    boolean isStale = found instanceof Lookup.Hit<V> hit && hit.isStale();
    return found.isAnswered() && !isStale ? null : new Wanted<>(key, isStale);
  }

  /** Loads keys, each by a call of its own where it is there already. */
  void load(List<Wanted<K>> wanted) throws Exception {
    Cache<K, V> target = cache;
    BulkLoader<K, V, ?> bulk = plan.bulkLoader();
    Loader<? super K, ? extends V, ?> single = plan.loader();
    Loader<? super K, ? extends V, ?> one = bulk == null
        ? Objects.requireNonNull(single)
        : key -> bulk.loadAll(Set.of(key)).get(key);
    List<K> missing = new ArrayList<>();
    for (Wanted<K> each : wanted) {
      if (target == null) {
        one.load(each.key());
      } else if (!target.isOn(each.key())) {
        throw new IllegalStateException(
            "cache " + target.name() + " is switched off: what is loaded would not be kept");
      } else if (each.isThere()) {
        target.refresh(each.key(), one);
      } else if (bulk == null) {
        target.get(each.key(), one);
      } else {
        missing.add(each.key());
      }
    }
    if (target != null && bulk != null && !missing.isEmpty()) {
      target.getAll(missing, bulk);
    }
  }

  /** A key for operators; keys that nobody may read in the store are not shown here either. */
  String shown(K key) {
    if (cache == null) {
      return "a call";
    }
    if (cache.policy().hashedKeys()) {
      return "a hashed key";
    }
    return shortened(String.valueOf(key));
  }

  /** Why a load or a run failed, for operators. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return shortened(message == null ? type : type + ": " + message);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
