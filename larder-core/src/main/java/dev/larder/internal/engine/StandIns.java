package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Dependency;
import dev.larder.internal.load.Previous;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.node.Mark;
import dev.larder.log.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Valid entries past their time that still serve: in place of a load that fails or is slow, and as what
 * a load replaces.
 */
final class StandIns<K, V> {

  private final CacheEngine<K, V> engine;
  private final CachePolicy<K, V> policy;
  private final NodeContext runtime;
  private final @Nullable L1<K, V> l1;

  StandIns(CacheEngine<K, V> engine) {
    this.engine = engine;
    this.policy = engine.policy();
    this.runtime = engine.runtime();
    this.l1 = engine.l1();
  }

  /** A valid entry that may be served in place of a load; null if there is none. */
  @Nullable L1Entry<K, V> of(Ticket<K, V> ticket) {
    L1Entry<K, V> standIn = ticket.standIn();
    return standIn == null ? of(ticket.key()) : ifUsable(standIn);
  }

  /** An entry of L1 that may be served in place of a load; null if there is none. */
  @Nullable L1Entry<K, V> of(K key) {
    return l1 == null || policy.staleIfError().isZero()
        ? null
        : ifUsable(l1.get(key, runtime.time().nanos()));
  }

  private @Nullable L1Entry<K, V> ifUsable(@Nullable L1Entry<K, V> entry) {
    return entry != null && isHolding(entry) && entry.mayStandIn(runtime.time().nanos())
        ? entry
        : null;
  }

  /**
   * What a load is to replace, as {@link dev.larder.Loading#previous} gives it. If it is kept, the new
   * entry is as of the load although its value was made before, so more must be known of it than of a
   * value that the load has read: each record up to the load's moment has been applied here.
   */
  @Nullable Previous previous(Ticket<K, V> ticket) {
    L1Entry<K, V> entry = ticket.standIn();
    if (entry == null && l1 != null && ticket.store() == null) {
      // Over a lease only what lay in its slot: a slot that is empty may have been deleted by an
      // invalidation whose record is still to come.
      entry = l1.get(ticket.key(), runtime.time().nanos());
    }
    // First, so that what is applied afterwards is younger than the moment.
    if (!runtime.node().hasFollowed(ticket.moment())) {
      return null;
    }
    V value = entry != null && isHolding(entry) ? entry.value() : null;
    if (entry == null || value == null) {
      return null;
    }
    List<String> tags = new ArrayList<>();
    Mark[] marks = entry.marks();
    // What comes before the tags follows from the key, and is the new entry's anyway.
    for (int i = engine.targets(ticket.slot(), List.of()).size(); i < marks.length; i++) {
      Target target = marks[i].target();
      tags.add(target.kind() == Target.Kind.TAG ? target.id() : Dependency.of(target));
    }
    return new Previous(value, tags);
  }

  /** Whether the entry's life has not ended, nothing known here covers it, and its key is cached. */
  private boolean isHolding(L1Entry<K, V> entry) {
    return engine.isOn(entry.key())
        && entry.isAlive(runtime.time().nanos())
        && entry.isValid()
        && runtime.node().isKeyClean(entry.slot(), entry.keyAsOf())
        && !engine.mustBeStrict();
  }
}
