package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.CodecException;
import dev.larder.ConfigurationException;
import dev.larder.Loader;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.advise.KeyNames;
import dev.larder.internal.advise.Question;
import dev.larder.internal.advise.Study;
import dev.larder.internal.advise.Terms;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.manage.Answered;
import dev.larder.internal.manage.CacheInspection;
import dev.larder.internal.node.Mark;
import dev.larder.internal.store.GuardedStore;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialTally;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.Explanation.TagView;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One cache as operators see it. */
final class Inspection<K, V> implements CacheInspection {

  /** Within this time a record is in both logs. */
  private static final long RELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CacheEngine<K, V> engine;
  private final @Nullable L1<K, V> l1;

  Inspection(CacheEngine<K, V> engine) {
    this.engine = engine;
    this.l1 = engine.l1();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String stem() {
    return engine.cacheTarget().id();
  }

  @Override
  public boolean isProtected() {
    return engine.policy().isProtected();
  }

  @Override
  public boolean isShared() {
    return !engine.chain().isEmpty();
  }

  @Override
  public CacheView view(int percent) {
    return new CacheView(engine.notes().stats(), configured(engine.policy()), percent);
  }

  @Override
  public Answered answered() {
    Counters counters = engine.counters();
    return new Answered(
        counters.l1Hits.sum(),
        counters.l2Hits.sum(),
        counters.databaseHits.sum(),
        counters.misses.sum());
  }

  @Override
  public List<Distribution> distributions(Set<Measure> measures) {
    return engine.counters().histograms.distributions(measures);
  }

  @Override
  public List<HotKey> hotKeys(CodecProvider codecs, int most) {
    if (engine.policy().hashedKeys()) {
      return List.of();
    }
    try {
      Codec<K> codec = codecs.codec(engine.policy().keyType());
      return engine
          .notes()
          .topKeys()
          .likely(most, engine.counters().lookups(), key -> written(codec, key));
    } catch (ConfigurationException noForm) {
      return List.of();
    }
  }

  /** The summary holds only keys that this cache was asked for. */
  @SuppressWarnings("unchecked")
  private static <K> @Nullable String written(Codec<K> codec, Object key) {
    try {
      return Base64.getEncoder().encodeToString(codec.encode((K) key));
    } catch (CodecException noForm) {
      return null;
    }
  }

  @Override
  public CacheTraffic traffic(@Nullable Question question) {
    Study study = Study.of(
        engine.name(),
        Terms.of(engine.policy(), isShared()),
        engine.traffic(),
        new KeyNames(engine.keys()),
        l1 == null ? 0 : l1.size(),
        engine.counters().invalidations.sum());
    return question == null ? study.usual() : study.with(List.of(question));
  }

  @Override
  public boolean follow(@Nullable TrialOrder order, long nowMillis) {
    return engine.trial().follow(order, nowMillis);
  }

  @Override
  public @Nullable TrialTally tally(String id, long nowMillis) {
    return engine.trial().tally(id, engine.runtime().nodeId(), l1, nowMillis);
  }

  private static Map<String, String> configured(CachePolicy<?, ?> policy) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("key", policy.keyType().toString());
    all.put("value", policy.valueType().toString());
    // In one order on every node, or they would seem to be configured apart.
    all.put("tiers", new TreeSet<>(policy.tiers()).toString());
    all.put("ttl", policy.ttl().toString());
    if (policy.isTtlFromValue()) {
      all.put("ttl-from", "value");
    }
    all.put("loader", policy.loader() == null ? "none" : "declared");
    put(all, "stale-for", policy.staleFor());
    put(all, "stale-if-error", policy.staleIfError());
    put(all, "idle-time", policy.idleTime());
    put(all, "negative-ttl", policy.negativeTtl());
    put(all, "soft-timeout", policy.softTimeout());
    put(all, "hard-timeout", policy.hardTimeout());
    all.put("max-staleness", policy.maxStaleness().toString());
    all.put("l1-maximum", Long.toString(policy.l1Maximum()));
    all.put("version", Integer.toString(policy.version()));
    all.put("scope", policy.scope().toString());
    if (!policy.purpose().isEmpty()) {
      all.put("purpose", policy.purpose());
    }
    if (policy.encrypted()) {
      all.put("encrypted", "true");
    }
    all.put("protected", Boolean.toString(policy.isProtected()));
    return all;
  }

  private static void put(Map<String, String> all, String name, Duration value) {
    if (!value.isZero()) {
      all.put(name, value.toString());
    }
  }

  @Override
  public @Nullable Copy near(String slot, String node) {
    if (l1 == null) {
      return null;
    }
    L1Entry<K, V> entry = l1.find(slot);
    if (entry == null) {
      return new Copy("L1", node, "", State.ABSENT, "", -1, 0, -1, -1, List.of());
    }
    long now = engine.time().nanos();
    List<TagView> tags = new ArrayList<>();
    for (Mark mark : entry.marks()) {
      if (mark.target().kind() == Target.Kind.TAG) {
        Position last = engine.runtime().node().lastOf(mark);
        tags.add(new TagView(mark.target().id(), last == null ? "" : last.toString()));
      }
    }
    return new Copy(
        "L1",
        node,
        "",
        state(entry, now),
        Long.toString(entry.asOf()),
        TimeUnit.NANOSECONDS.toMillis(now - entry.life().loadedAt()),
        TimeUnit.NANOSECONDS.toMillis(entry.life().freshUntil() - now),
        -1,
        -1,
        tags);
  }

  private State state(L1Entry<K, V> entry, long now) {
    if (!entry.isValid() || !engine.runtime().node().isKeyClean(entry.slot(), entry.keyAsOf())) {
      return State.INVALID;
    }
    if (!entry.isAlive(now)) {
      return State.ABSENT;
    }
    if (!entry.isFresh(now)) {
      return State.STALE;
    }
    return entry.value() == null ? State.ABSENCE : State.FRESH;
  }

  @Override
  public List<String> slots(String contains, int limit) {
    List<String> found = new ArrayList<>();
    if (l1 != null) {
      long now = engine.time().nanos();
      for (L1Entry<K, V> entry : l1.all()) {
        if (found.size() >= limit) {
          break;
        }
        if (entry.slot().contains(contains) && entry.isAlive(now) && entry.isValid()) {
          found.add(entry.slot());
        }
      }
    }
    return found;
  }

  @Override
  public boolean isInL1(String slot) {
    return l1 != null && l1.find(slot) != null;
  }

  @Override
  public List<String> tagged(Set<String> tags) {
    if (l1 == null) {
      return List.of();
    }
    Set<Target> targets = new HashSet<>();
    tags.forEach(tag -> targets.add(Target.tag(tag)));
    List<String> tagged = new ArrayList<>();
    for (L1Entry<K, V> entry : l1.all()) {
      if (carries(entry, targets)) {
        tagged.add(entry.slot());
      }
    }
    return tagged;
  }

  @Override
  public Covered covered(List<Target> targets, Standing standing) {
    if (l1 == null || engine.mustBeStrict() || mayBeOnItsWay(standing)) {
      return new Covered(0, List.of());
    }
    long looked = 0;
    List<String> stale = new ArrayList<>();
    for (Target target : targets) {
      L1Entry<K, V> entry = target.kind() == Target.Kind.KEY ? l1.find(target.id()) : null;
      if (entry != null) {
        looked++;
        if (isCovered(entry, entry.keyAsOf(), standing) && isServed(entry)) {
          stale.add(entry.slot());
        }
      }
    }
    if (targets.stream().anyMatch(Target::hasMarker)) {
      Set<Target> covered = new HashSet<>(targets);
      for (L1Entry<K, V> entry : l1.all()) {
        if (carries(entry, covered)) {
          looked++;
          if (isCovered(entry, entry.asOf(), standing) && isServed(entry)) {
            stale.add(entry.slot());
          }
        }
      }
    }
    return new Covered(looked, stale);
  }

  /** A record may take its time from one log to the other, and then as long as L1 is served unasked. */
  private boolean mayBeOnItsWay(Standing standing) {
    return !standing.isMet()
        && standing.ageNanos() < RELAY_NANOS + engine.policy().maxStaleness().toNanos();
  }

  private static boolean isCovered(L1Entry<?, ?> entry, long asOf, Standing standing) {
    return standing.number() < 0
        ? entry.life().madeAt() - standing.madeBefore() < 0
        : asOf < standing.number();
  }

  @Override
  public List<Differing> differing() {
    HitChecks<K, V> checks = engine.hitChecks();
    return checks == null ? List.of() : checks.differing();
  }

  private boolean isServed(L1Entry<K, V> entry) {
    long now = engine.time().nanos();
    return engine.nearest(entry.key(), now) == entry;
  }

  private static boolean carries(L1Entry<?, ?> entry, Set<Target> covered) {
    for (Mark mark : entry.marks()) {
      if (covered.contains(mark.target())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable CompletionStage<Boolean> refresh(String slot) {
    Loader<? super K, ? extends V, ?> loader = engine.policy().loader();
    L1Entry<K, V> entry = l1 == null ? null : l1.find(slot);
    return loader == null || entry == null ? null : refresh(entry.key(), loader);
  }

  private <X extends Exception> CompletionStage<Boolean> refresh(
      K key, Loader<? super K, ? extends V, X> loader) {
    CompletableFuture<Boolean> refreshed = new CompletableFuture<>();
    engine.runtime().executor().execute(() -> {
      try {
        new SyncCache<>(engine, null).refresh(key, loader);
        refreshed.complete(true);
      } catch (Exception failure) {
        refreshed.completeExceptionally(failure);
      }
    });
    return refreshed;
  }

  @Override
  public String touch(String slot, Duration ttl) {
    L1Entry<K, V> entry = l1 == null ? null : l1.find(slot);
    if (entry == null) {
      return CacheInspection.NOT_NEAR;
    }
    if (!engine.isOn(entry.key())) {
      return "its cache is switched off for the key";
    }
    if (new SyncCache<>(engine, null).touch(entry.key(), ttl)) {
      return "";
    }
    String silent = engine.chain().stream()
        .filter(GuardedStore::isDown)
        .map(store -> store.place().name())
        .collect(Collectors.joining(" and "));
    return EnumSet.of(State.FRESH, State.STALE, State.ABSENCE)
            .contains(state(entry, engine.time().nanos()))
        ? "the key is in its L1, but cannot live on: "
            + (silent.isEmpty()
                ? "the nearest tier has no valid copy of it"
                : silent + " does not answer, and no other shared tier has a valid copy of it")
        : "what it has of the key in L1 is not valid any more";
  }
}
