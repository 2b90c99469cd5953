package dev.larder.internal.engine;

import dev.larder.CodecException;
import dev.larder.TierUnavailableException;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.manage.Journal;
import dev.larder.internal.node.Mark;
import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import dev.larder.tier.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads slots of shared tiers and judges what is in them.
 *
 * <p>An entry is judged by what this node has applied of the store's log. Only for what the node
 * cannot know, because the entry is older than the oldest record it has read, are the store's markers
 * asked, and a missing marker is a miss. A <em>strict</em> read, for a node that is not confirmed or
 * was asked for a position it has not reached, asks the markers for everything.
 *
 * <p>An entry is trusted in L1 as of the local number that held when its read was <em>sent</em>:
 * records applied after that end it there.
 */
final class TierReader<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.tier");
  private static final String UNREADABLE = "unreadable bytes";

  private final CacheEngine<K, V> engine;
  private final Node node;

  TierReader(CacheEngine<K, V> engine, Node node) {
    this.engine = engine;
    this.node = node;
  }

  /** Reads one slot. The stage fails if the store does not answer. */
  CompletionStage<Found<K, V>> read(GuardedStore store, K key, SlotKey slot, boolean strict) {
    long sent = node.sequence();
    CompletionStage<Boolean> ready = strict ? engine.originCaughtUp(store) : yes();
    return ready.thenCompose(ok -> ok
        ? store
            .call(() -> store.tier().read(slot.slot()))
            .thenCompose(read -> judge(store, key, slot, read, sent, strict))
        : unproved(store));
  }

  /** Reads many slots in one round trip, and one more where markers have to be asked. */
  CompletionStage<Map<K, Found<K, V>>> readAll(
      GuardedStore store, Map<K, SlotKey> slots, boolean strict) {
    long sent = node.sequence();
    List<String> keys = new ArrayList<>(slots.size());
    slots.values().forEach(slot -> keys.add(slot.slot()));
    CompletionStage<Boolean> ready = strict ? engine.originCaughtUp(store) : yes();
    return ready
        .thenCompose(ok -> ok
            ? store.call(() -> store.tier().readAll(keys))
            : TierReader.<Map<String, Slot>>unproved(store))
        .thenCompose(read -> judgeAll(store, slots, read, sent, strict));
  }

  private CompletionStage<Map<K, Found<K, V>>> judgeAll(
      GuardedStore store,
      Map<K, SlotKey> slots,
      Map<String, Slot> read,
      long sent,
      boolean strict) {
    Map<K, Found<K, V>> found = new LinkedHashMap<>(slots.size() * 2);
    List<Open<K>> open = new ArrayList<>(0);
    slots.forEach((key, slot) -> {
      Slot each = read.getOrDefault(slot.slot(), Slot.Empty.FREE);
      found.put(key, judge(store, key, slot, each, sent, strict, open));
    });
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(found);
    }
    return askMarkers(store, open, strict).thenApply(valid -> {
      valid.forEach(it -> found.put(it.key(), accept(store, it, sent)));
      return found;
    });
  }

  private CompletionStage<Found<K, V>> judge(
      GuardedStore store, K key, SlotKey slot, Slot read, long sent, boolean strict) {
    List<Open<K>> open = new ArrayList<>(0);
    Found<K, V> found = judge(store, key, slot, read, sent, strict, open);
    return open.isEmpty()
        ? CompletableFuture.completedFuture(found)
        : askMarkers(store, open, strict)
            .thenApply(valid -> valid.isEmpty() ? found : accept(store, valid.get(0), sent));
  }

  /** An entry that only the store's markers can tell of. */
  private record Open<K>(
      K key, SlotKey slot, long nonce, Sealed sealed, Mark[] marks, List<Target> ask) {}

  /**
   * What this node can say of a slot.
   *
   * @param open gets the entry if the store's markers decide; what is returned then, a miss, holds
   *     unless they say otherwise
   */
  private Found<K, V> judge(
      GuardedStore store,
      K key,
      SlotKey slot,
      Slot read,
      long sent,
      boolean strict,
      List<Open<K>> open) {
    if (read instanceof Slot.Empty empty) {
      if (empty.foreign()) {
        engine.counters().unreadable.increment();
      }
      return Found.miss(0, empty.foreign() ? "foreign bytes" : whyNothing(slot));
    }
    if (read instanceof Slot.Placeholder) {
      return new Found<>(Found.State.LEASED, read.nonce(), null, null, "");
    }
    Sealed sealed;
    try {
      sealed = Envelope.open(slot.slot(), ((Slot.Filled) read).body());
    } catch (CodecException unreadable) {
      engine.counters().unreadable.increment();
      logger.warn(
          "{}: the slot of a key of cache {} is no entry of it ({}); taken as a miss",
          store.store().name(),
          engine.name(),
          unreadable.getMessage());
      return Found.miss(read.nonce(), UNREADABLE);
    }
    int log = store.index();
    long life = sealed.lifeMillis() - (store.storeMillis() - sealed.writtenMillis());
    ValueForm<V> form = engine.form();
    if (form == null || life <= 0) {
      return Found.miss(read.nonce(), "its life had ended");
    }
    if (sealed.epoch() != node.epoch(log)) {
      return Found.miss(read.nonce(), "it is of an older epoch: the log was lost");
    }
    if (sealed.fingerprint() != form.fingerprint()) {
      // Not logged: while builds of two shapes run beside each other, each finds the other's all
      // along.
      engine.counters().unreadable.increment();
      return Found.miss(read.nonce(), "it has the shape of another version of the value's class");
    }
    // Rule 10: what the ring knows of the key decides. What fell out of the ring was deleted from
    // the
    // slot before its record was appended.
    Mark keyMark = node.key(slot.slot());
    if (keyMark != null && keyMark.judge(log, sealed.keyAsOf()) != Mark.Verdict.VALID) {
      return Found.miss(read.nonce(), "its key was invalidated");
    }
    List<Target> targets = engine.targets(slot, sealed.tags());
    Mark[] marks = node.marks(targets);
    List<Target> ask = new ArrayList<>(0);
    for (int i = 0; i < marks.length; i++) {
      Mark.Verdict verdict = marks[i].judge(log, sealed.asOf());
      if (verdict == Mark.Verdict.INVALID) {
        return Found.miss(read.nonce(), Journal.text(targets.get(i)) + " was invalidated");
      }
      if (strict || verdict == Mark.Verdict.UNKNOWN) {
        ask.add(targets.get(i));
      }
    }
    Open<K> entry = new Open<>(key, slot, read.nonce(), sealed, marks, ask);
    if (ask.isEmpty()) {
      return accept(store, entry, sent);
    }
    open.add(entry);
    return Found.miss(read.nonce(), "its store does not prove that it is valid");
  }

  private String whyNothing(SlotKey slot) {
    Mark keyMark = node.key(slot.slot());
    List<Target> targets = engine.targets(slot, engine.journal().keys().lastTags(slot.slot()));
    long ended = -1;
    for (Mark mark : node.marks(targets)) {
      ended = Math.max(ended, mark.sequence());
    }
    return engine
        .journal()
        .keys()
        .whyNothing(
            slot.slot(),
            keyMark == null ? -1 : keyMark.sequence(),
            new LinkedHashSet<>(targets),
            ended);
  }

  /** Asks the primary for markers. Of the entries those whose markers are all there and none younger. */
  private CompletionStage<List<Open<K>>> askMarkers(
      GuardedStore store, List<Open<K>> entries, boolean strict) {
    Set<String> names = new LinkedHashSet<>();
    entries.forEach(entry -> entry.ask().forEach(target -> names.add(target.marker())));
    CompletableFuture<Map<String, Position>> markers =
        store.call(() -> store.store().log().markers(names));
    CompletableFuture<@Nullable Tail> tail = strict
        ? store.call(() -> store.store().log().tail()).thenApply(found -> found)
        : CompletableFuture.completedFuture(null);
    return markers.thenCombine(tail, (found, end) -> {
      List<Open<K>> valid = new ArrayList<>(entries.size());
      for (Open<K> entry : entries) {
        if (isOfEpoch(end, entry.sealed()) && isClean(store, entry, found)) {
          valid.add(entry);
        }
      }
      return valid;
    });
  }

  private static boolean isOfEpoch(@Nullable Tail end, Sealed sealed) {
    if (end == null) {
      return true;
    }
    Position last = end.position();
    return last != null && last.epoch() == sealed.epoch();
  }

  private boolean isClean(GuardedStore store, Open<K> entry, Map<String, Position> markers) {
    Sealed sealed = entry.sealed();
    for (Target target : entry.ask()) {
      Position marker = markers.get(target.marker());
      if (marker == null || marker.epoch() > sealed.epoch()) {
        return false;
      }
      // A marker of an older epoch ended entries of that epoch only.
      long position = marker.epoch() == sealed.epoch() ? marker.sequence() : 0;
      if (position > sealed.asOf()) {
        return false;
      }
      node.learn(store.index(), target, position);
    }
    return true;
  }

  private Found<K, V> accept(GuardedStore store, Open<K> open, long sent) {
    Sealed sealed = open.sealed();
    V value;
    try {
      ValueForm<V> form = Objects.requireNonNull(engine.form());
      value = form.value(open.slot().slot(), sealed);
    } catch (CodecException unreadable) {
      engine.counters().unreadable.increment();
      logger.warn(
          "{}: a value of cache {} could not be read ({}); taken as a miss",
          store.store().name(),
          engine.name(),
          unreadable.getMessage());
      return Found.miss(open.nonce(), UNREADABLE);
    }
    long age = store.storeMillis() - sealed.writtenMillis();
    L1Entry<K, V> entry = new L1Entry<>(
        open.key(),
        open.slot().slot(),
        sealed.kind(),
        value,
        open.marks(),
        sent,
        sent,
        engine
            .lives()
            .inL1(
                engine.lives().pastTtl(open.key(), value),
                sealed.freshMillis() - age,
                sealed.lifeMillis() - age,
                sealed.freshMillis(),
                0));
    engine
        .traffic()
        .found(entry, age, sealed.payload().remaining(), !sealed.tags().isEmpty());
    boolean isServed = entry.isServed(engine.time().nanos());
    return new Found<>(
        isServed ? Found.State.HIT : Found.State.STAND_IN, open.nonce(), entry, sealed, "");
  }

  /** A strict read that nothing can be said about: the tier is skipped. */
  private static <T> CompletionStage<T> unproved(GuardedStore store) {
    return CompletableFuture.failedFuture(new TierUnavailableException(
        store.store().name() + ": the origin log could not be proved current"));
  }

  private static CompletionStage<Boolean> yes() {
    return CompletableFuture.completedFuture(true);
  }
}
