package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.CacheTier;
import dev.larder.Lookup;
import dev.larder.SourceWriter;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.invalidation.Invalidator;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writing through, by token.
 *
 * <p>The token is a placeholder planted over whatever is in the slot before the source is written, so
 * loads under way can't fill any more. After the commit the key's record is appended, always: other
 * nodes' L1 must drop the old value even when the new one was stored. Then the slot is filled by
 * compare-and-set on the token. If the token is gone, somebody invalidated, wrote or filled in
 * between; the slot is deleted and a second record appended.
 *
 * <p>The stored entry has two asOf: for its tags that of the token, since a tag may have been
 * invalidated while the source was written; for its key that of its own record.
 */
final class Writes<K, V> {

  private static final int UPDATE_TRIES = 100;

  private final CacheEngine<K, V> engine;
  private final ReentrantLock localUpdates = new ReentrantLock();

  Writes(CacheEngine<K, V> engine) {
    this.engine = engine;
  }

  <X extends Exception> Acknowledgement write(K key, SourceWriter<? extends V, X> writer) throws X {
    SlotKey slot = engine.keys().encode(key);
    Ticket<K, V> ticket = Futures.join(token(key, slot));
    V value;
    try {
      value = writer.write();
    } catch (Throwable failure) {
      // Nobody knows whether the source has it now.
      Futures.join(record(slot, "write failed"));
      throw failure;
    }
    Unit unit = engine.runtime().units().current();
    return unit == null
        ? Futures.join(finish(ticket, value))
        : unit.add(slot, new WaitingPut(ticket, value));
  }

  /** A write without a source, which need not block; in a unit of work it does, to be part of it. */
  CompletionStage<Acknowledgement> put(K key, @Nullable V value) {
    return engine.runtime().units().current() == null
        ? token(key, engine.keys().encode(key)).thenCompose(ticket -> finish(ticket, value))
        : CompletableFuture.completedFuture(this.write(key, () -> value));
  }

  /** A write whose transaction has not committed yet; its token stays planted as long as a lease. */
  private final class WaitingPut implements Unit.Put {

    private final Ticket<K, V> ticket;
    private final @Nullable V value;

    WaitingPut(Ticket<K, V> ticket, @Nullable V value) {
      this.ticket = ticket;
      this.value = value;
    }

    @Override
    public @Nullable Object value() {
      return value;
    }

    @Override
    public CompletionStage<Acknowledgement> commit() {
      return finish(ticket, value);
    }

    @Override
    public void release() {
      engine.fills().release(ticket);
    }
  }

  /** Plants a token over whatever is in the slot, where L2 can take one. */
  private CompletionStage<Ticket<K, V>> token(K key, SlotKey slot) {
    Moment began = engine.began();
    Moment moment = began == null ? engine.runtime().node().now() : began;
    Flight<K, V> nobody = new Flight<>(engine.time().nanos(), false, moment);
    Ticket<K, V> without = new Ticket<>(key, slot, nobody, null, 0, false, moment, null);
    GuardedStore store = l2(key);
    if (store == null) {
      return CompletableFuture.completedFuture(without);
    }
    long token = Change.newNonce(false);
    return store
        .call(() -> store.tier().plant(slot.slot(), null, token, engine.policy().lease()))
        .exceptionally(failure -> false)
        .thenApply(planted ->
            planted ? new Ticket<>(key, slot, nobody, store, token, true, moment, null) : without);
  }

  /** The source has the value: lets every node know and fills the slot if the token is still there. */
  private CompletionStage<Acknowledgement> finish(Ticket<K, V> ticket, @Nullable V value) {
    GuardedStore store = ticket.store();
    if (store != null) {
      return fillByToken(ticket, store, value);
    }
    SlotKey slot = ticket.slot();
    Change change = engine.change(List.of(Target.key(slot.slot())), "write");
    return engine.runtime().invalidator().invalidate(change).thenCompose(done -> {
      long number =
          engine.runtime().node().numberIfNext(change.nonce(), ticket.moment().sequence());
      // Nothing below L1, so no token: it is enough that nobody else wrote or invalidated the key.
      return engine.chain().isEmpty() && number >= 0
          ? engine.fills().store(ticket, value, number, -1, null).thenApply(stored -> done)
          : CompletableFuture.completedFuture(done);
    });
  }

  private CompletionStage<Acknowledgement> fillByToken(
      Ticket<K, V> ticket, GuardedStore store, @Nullable V value) {
    SlotKey slot = ticket.slot();
    Change change = engine.change(List.of(Target.key(slot.slot())), "write");
    return engine.runtime().invalidator().written(store, change).thenCompose(written -> {
      // As of its own record, not of the node's last: what another has invalidated since then has a
      // higher number and keeps the value out of L1.
      long number =
          engine.runtime().node().numberIfNext(change.nonce(), ticket.moment().sequence());
      if (written == null || number < 0) {
        return record(slot, "write overtaken");
      }
      return engine
          .fills()
          .store(ticket, value, number, written.position(), null)
          .thenCompose(stored -> stored
              ? CompletableFuture.completedFuture(written.done())
              : record(slot, "write overtaken"));
    });
  }

  private CompletionStage<Acknowledgement> record(SlotKey slot, String cause) {
    return engine
        .runtime()
        .invalidator()
        .invalidate(engine.change(List.of(Target.key(slot.slot())), cause));
  }

  /**
   * The L2 store, if it can take a token. The database tier drops a slot in the same transaction that
   * appends its record, tokens included, so a write is an invalidation there; so it is for a key that
   * is switched off.
   */
  private @Nullable GuardedStore l2(K key) {
    for (GuardedStore store : engine.chain()) {
      if (engine.isOn(key) && store.place() == CacheTier.L2 && store.isUsable()) {
        return store;
      }
    }
    return null;
  }

  /** See {@link dev.larder.Cache#update}. */
  Lookup<V> update(K key, UnaryOperator<V> change) {
    SlotKey slot = engine.keys().encode(key);
    Unit unit = engine.runtime().units().current();
    if (unit != null) {
      // What it would change may never commit: it is ended at the commit, and loaded by who asks.
      unit.add(List.of(Target.key(slot.slot())), "update");
      return new Lookup.Miss<>();
    }
    if (engine.chain().isEmpty() && engine.isOn(key)) {
      return updateHere(key, slot, change);
    }
    for (int i = 0; i < UPDATE_TRIES; i++) {
      GuardedStore store = l2(key);
      Found<K, V> found = store == null ? null : readForUpdate(store, key, slot);
      if (store == null || found == null) {
        // What can't be changed atomically is ended; the next reader loads it.
        Futures.join(record(slot, "update"));
        return new Lookup.Miss<>();
      }
      L1Entry<K, V> entry = found.entry();
      Sealed sealed = found.sealed();
      if (found.state() == Found.State.LEASED) {
        Futures.join(
            new LeaseWait(engine.runtime().scheduler()).begin(Duration.ZERO).pause());
        continue;
      }
      if (found.state() != Found.State.HIT
          || entry == null
          || sealed == null
          || entry.value() == null) {
        return new Lookup.Miss<>();
      }
      V value = change.apply(Objects.requireNonNull(entry.value()));
      if (replace(store, key, slot, found, sealed, entry, value)) {
        return new Lookup.Hit<>(value, CacheTier.L2, false);
      }
    }
    Futures.join(record(slot, "update"));
    return new Lookup.Miss<>();
  }

  private @Nullable Found<K, V> readForUpdate(GuardedStore store, K key, SlotKey slot) {
    try {
      return Futures.join(engine.reader().read(store, key, slot, engine.mustBeStrict()));
    } catch (RuntimeException failure) {
      return null;
    }
  }

  /** Token over the entry, record, then the new entry over the token. */
  private boolean replace(
      GuardedStore store,
      K key,
      SlotKey slot,
      Found<K, V> found,
      Sealed sealed,
      L1Entry<K, V> entry,
      V value) {
    long token = Change.newNonce(false);
    Duration lease = engine.policy().lease();
    if (!call(store, () -> store.tier().plant(slot.slot(), found.nonce(), token, lease))) {
      return false;
    }
    Change change = engine.change(List.of(Target.key(slot.slot())), "update");
    Invalidator.@Nullable Written written =
        Futures.join(engine.runtime().invalidator().written(store, change));
    long keyAsOf = engine.runtime().node().numberIfNext(change.nonce(), entry.keyAsOf());
    if (written == null || keyAsOf < 0) {
      Futures.join(record(slot, "update overtaken"));
      return false;
    }
    List<String> tags = List.copyOf(new LinkedHashSet<>(engine.policy().tagsOf(key, value)));
    long ttl = sealed.freshMillis();
    ValueForm.Frame frame = new ValueForm.Frame(
        sealed.epoch(),
        sealed.asOf(),
        Math.max(sealed.asOf(), written.position()),
        store.storeMillis(),
        ttl,
        sealed.lifeMillis(),
        tags);
    long end = engine.time().millis() + sealed.lifeMillis();
    if (!fill(store, slot, token, value, frame)) {
      Futures.join(record(slot, "update overtaken"));
      return false;
    }
    engine.journal().keys().made(slot.slot(), tags, keyAsOf, end);
    putNear(new L1Entry<>(
        key,
        slot.slot(),
        Sealed.Kind.VALUE,
        value,
        engine.runtime().node().marks(engine.targets(slot, tags)),
        entry.asOf(),
        keyAsOf,
        engine.lives().inL1(engine.lives().pastTtl(key, value), ttl, sealed.lifeMillis(), ttl, 0)));
    return true;
  }

  private void putNear(L1Entry<K, V> entry) {
    engine.putNear(entry.key(), entry);
  }

  private boolean fill(
      GuardedStore store, SlotKey slot, long expected, @Nullable V value, ValueForm.Frame frame) {
    Tier.Fill fill;
    try {
      Sealed.Kind kind = value == null ? Sealed.Kind.NULL : Sealed.Kind.VALUE;
      fill = engine.fills().fillOf(slot, kind, value, frame);
    } catch (ValueForm.TooLarge failure) {
      engine.fills().notStored(failure);
      return false;
    }
    boolean stored = call(store, () -> store.tier().fill(slot.slot(), expected, fill));
    if (stored) {
      engine.fills().filled(store, slot, frame, fill);
      engine.notes().set(slot.slot(), frame.freshMillis());
    }
    return stored;
  }

  private static boolean call(GuardedStore store, Supplier<CompletionStage<Boolean>> operation) {
    return Futures.join(store.call(operation).exceptionally(failure -> false));
  }

  private Lookup<V> updateHere(K key, SlotKey slot, UnaryOperator<V> change) {
    var l1 = engine.l1();
    localUpdates.lock();
    try {
      L1Entry<K, V> entry = engine.nearest(key, engine.time().nanos());
      if (l1 == null || entry == null || entry.value() == null) {
        return new Lookup.Miss<>();
      }
      V value = change.apply(Objects.requireNonNull(entry.value()));
      Change record = engine.change(List.of(Target.key(slot.slot())), "update");
      Futures.join(engine.runtime().invalidator().invalidate(record));
      long number = engine.runtime().node().numberIfNext(record.nonce(), entry.keyAsOf());
      if (number < 0) {
        return new Lookup.Miss<>();
      }
      List<String> tags = List.copyOf(new LinkedHashSet<>(engine.policy().tagsOf(key, value)));
      L1Entry<K, V> next = new L1Entry<>(
          key,
          slot.slot(),
          Sealed.Kind.VALUE,
          value,
          engine.runtime().node().marks(engine.targets(slot, tags)),
          entry.asOf(),
          number,
          entry.life());
      return l1.put(key, next) ? next.lookup(engine.time().nanos()) : new Lookup.Miss<>();
    } finally {
      localUpdates.unlock();
    }
  }

  /** See {@link dev.larder.Cache#touch}. */
  boolean touch(K key, Duration ttl) {
    long millis = ttl.toMillis();
    if (millis < 1) {
      throw new IllegalArgumentException("touch: ttl " + ttl + " is not 1 ms or more");
    }
    if (!engine.isOn(key)) {
      return false;
    }
    SlotKey slot = engine.keys().encode(key);
    L1Entry<K, V> near = engine.nearest(key, engine.time().nanos());
    if (engine.chain().isEmpty()) {
      return near != null && touchNear(near, millis);
    }
    for (GuardedStore store : engine.chain()) {
      if (store.isUsable()) {
        Found<K, V> found = readForUpdate(store, key, slot);
        Sealed sealed = found == null ? null : found.sealed();
        L1Entry<K, V> entry = found == null ? null : found.entry();
        if (found == null || found.state() != Found.State.HIT || sealed == null || entry == null) {
          return false;
        }
        ValueForm.Frame frame = new ValueForm.Frame(
            sealed.epoch(),
            sealed.asOf(),
            sealed.keyAsOf(),
            store.storeMillis(),
            millis,
            millis,
            sealed.tags());
        long end = engine.time().millis() + millis;
        if (!fill(store, slot, found.nonce(), entry.value(), frame)) {
          return false;
        }
        engine.journal().keys().made(slot.slot(), sealed.tags(), entry.keyAsOf(), end);
        return touchNear(entry, millis);
      }
    }
    return false;
  }

  private boolean touchNear(L1Entry<K, V> entry, long millis) {
    putNear(new L1Entry<>(
        entry.key(),
        entry.slot(),
        entry.kind(),
        entry.value(),
        entry.marks(),
        entry.asOf(),
        entry.keyAsOf(),
        engine
            .lives()
            .inL1(engine.lives().pastTtl(entry.key(), entry.value()), millis, millis, millis, 0)));
    return true;
  }
}
