package dev.larder.internal.manage;

import dev.larder.Larder;
import dev.larder.TimeSource;
import dev.larder.internal.store.GuardedStore;
import dev.larder.manage.NodeView;
import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Measure;
import dev.larder.stats.TierStats;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** This node as it shows itself to operators. Safe for many threads; no I/O. */
public final class LocalView {

  private static final int SHOWN_EVENTS = 50;
  private static final Set<Measure> TIMES =
      EnumSet.of(Measure.L1_HIT, Measure.TIER_HIT, Measure.LOAD);

  private final String node;
  private final TimeSource time;
  private final List<GuardedStore> stores;
  private final Supplier<Collection<CacheInspection>> caches;
  private final ToIntFunction<String> percent;
  private final Supplier<List<TierStats>> tiers;
  private final IntSupplier waiting;
  private final Journal journal;
  private final String host = host();
  private final long startedMillis;

  public LocalView(
      String node,
      TimeSource time,
      List<GuardedStore> stores,
      Supplier<Collection<CacheInspection>> caches,
      ToIntFunction<String> percent,
      Supplier<List<TierStats>> tiers,
      IntSupplier waiting,
      Journal journal) {
    this.node = node;
    this.time = time;
    this.stores = stores;
    this.caches = caches;
    this.percent = percent;
    this.tiers = tiers;
    this.waiting = waiting;
    this.journal = journal;
    this.startedMillis = time.millis();
    journal.count(this::answered);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  String node() {
    return node;
  }

  TimeSource time() {
    return time;
  }

  /** The time of the nearest store that answers, which all nodes share; else this node's own. */
  long storeMillis() {
    for (GuardedStore store : stores) {
      if (!store.isDown()) {
        return store.storeMillis();
      }
    }
    return time.millis();
  }

  List<GuardedStore> stores() {
    return stores;
  }

  Collection<CacheInspection> caches() {
    return caches.get();
  }

  List<TierStats> tiers() {
    return tiers.get();
  }

  Journal journal() {
    return journal;
  }

  NodeView.State state(List<TierStats> seen) {
    if (waiting.getAsInt() > 0) {
      return NodeView.State.BEHIND;
    }
    return seen.stream().allMatch(TierStats::isConfirmed)
        ? NodeView.State.IN_SYNC
        : NodeView.State.UNSURE;
  }

  private Answered answered() {
    Answered sum = Answered.NOTHING;
    for (CacheInspection cache : caches()) {
      sum = sum.plus(cache.answered());
    }
    return sum;
  }

  private List<Distribution> times() {
    List<Distribution> ofCaches = new ArrayList<>();
    caches().forEach(cache -> ofCaches.addAll(cache.distributions(TIMES)));
    return TIMES.stream().map(measure -> Distribution.sum(measure, ofCaches)).toList();
  }

  /** All that it shows. */
  NodeView now() {
    List<NodeView.CacheView> views = new ArrayList<>();
    TreeMap<String, Object> policies = new TreeMap<>();
    for (CacheInspection cache : caches()) {
      NodeView.CacheView view = cache.view(percent.applyAsInt(cache.name()));
      views.add(view);
      policies.put(cache.name(), view.policy());
    }
    List<TierStats> seen = tiers();
    Runtime runtime = Runtime.getRuntime();
    String version = Larder.class.getPackage().getImplementationVersion();
    return new NodeView(
        node,
        host,
        ProcessHandle.current().pid(),
        version == null ? "development" : version,
        startedMillis,
        time.millis(),
        state(seen),
        waiting.getAsInt(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        Integer.toHexString(policies.hashCode()),
        journal.freshness(),
        times(),
        seen,
        views,
        journal.since(0, SHOWN_EVENTS));
  }
}
