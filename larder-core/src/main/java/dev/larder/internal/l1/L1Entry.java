package dev.larder.internal.l1;

import dev.larder.CacheTier;
import dev.larder.Lookup;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.node.Mark;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the process, with direct references to the states of all that can invalidate it.
 *
 * <p>A hit costs one comparison for each tag, prefix, the cache and everything; the key's own
 * invalidation removes the entry. The answers of {@link #lookup} are made once, so that a hit
 * allocates nothing.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class L1Entry<K, V> {

  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<L1Entry> REFRESHING =
      AtomicIntegerFieldUpdater.newUpdater(L1Entry.class, "refreshing");

  private final K key;
  private final String slot;
  private final Sealed.Kind kind;
  private final @Nullable V value;
  private final Mark[] marks;
  private final long asOf;
  private final long keyAsOf;
  private final Life life;
  private final long idleNanos;
  private final long freshUntil;
  private final long servedUntil;
  private final long standInUntil;
  private final long refreshAt;
  private final Lookup<V> fresh;
  private final Lookup<V> stale;
  private volatile long usedAt;
  private volatile int refreshing;

  /**
   * Times on the node's nanosecond scale, which may overflow: they are compared by difference.
   *
   * @param madeAt when the entry came to L1
   * @param loadedAt when its ttl began, here or on another node
   * @param refreshAt from here on an early refresh is due
   * @param freshUntil end of its ttl
   * @param staleUntil end of the time it may be served while a refresh runs
   * @param standInUntil end of the time it may stand in for a load that fails
   * @param until end of its life; till then a load that is to replace it may see it
   * @param idleNanos longest time without use, 0 for no limit
   * @param loadNanos time that the load of its value took here, its share of a load of many; 0 if not known
   */
  public record Life(
      long madeAt,
      long loadedAt,
      long refreshAt,
      long freshUntil,
      long staleUntil,
      long standInUntil,
      long until,
      long idleNanos,
      long loadNanos) {}

  /**
   * @param asOf local number from which records on tags count
   * @param keyAsOf local number from which records on the key count
   */
  public L1Entry(
      K key,
      String slot,
      Sealed.Kind kind,
      @Nullable V value,
      Mark[] marks,
      long asOf,
      long keyAsOf,
      Life life) {
    this.key = key;
    this.slot = slot;
    this.kind = kind;
    this.value = value;
    this.marks = marks;
    this.asOf = asOf;
    this.keyAsOf = keyAsOf;
    this.life = life;
    // Beside the life itself: a hit then touches one object less.
    this.idleNanos = life.idleNanos();
    this.freshUntil = life.freshUntil();
    this.servedUntil = life.staleUntil();
    this.standInUntil = life.standInUntil();
    this.refreshAt = life.refreshAt();
    this.usedAt = life.madeAt();
    boolean absent = kind == Sealed.Kind.ABSENCE;
    this.fresh = absent ? new Lookup.Absence<>(CacheTier.L1) : hit(value, false);
    this.stale = absent ? fresh : hit(value, true);
  }

  private static <V> Lookup<V> hit(@Nullable V value, boolean isStale) {
    return new Lookup.Hit<>(value, CacheTier.L1, isStale);
  }

  /** Whether no record applied here covers the entry after its asOf. */
  public boolean isValid() {
    for (Mark mark : marks) {
      if (mark.sequence() > asOf) {
        return false;
      }
    }
    return true;
  }

  /** Whether it may be served without asking anybody to load. */
  public boolean isServed(long now) {
    return now - servedUntil < 0 && !isIdle(now);
  }

  /** Whether it may be served if a load fails. */
  public boolean mayStandIn(long now) {
    return now - standInUntil < 0 && !isIdle(now);
  }

  /** Whether its life has not ended: at the least a load may see it. */
  public boolean isAlive(long now) {
    return now - life.until() < 0 && !isIdle(now);
  }

  private boolean isIdle(long now) {
    return idleNanos > 0 && now - usedAt >= idleNanos;
  }

  /** Whether it is within its ttl. */
  public boolean isFresh(long now) {
    return now - freshUntil < 0;
  }

  /** Whether a refresh in the background is due. */
  public boolean isRefreshDue(long now) {
    return now - refreshAt >= 0;
  }

  /** Takes the one right to refresh this entry; false if it is taken. */
  public boolean beginRefresh() {
    return refreshing == 0 && REFRESHING.compareAndSet(this, 0, 1);
  }

  /** Gives the right back. */
  public void endRefresh() {
    refreshing = 0;
  }

  /**
   * Notes a use, where idle time counts.
   *
   * @return whether the tiers below should hear of it: a tenth of the idle time has gone by
   */
  public boolean use(long now) {
    if (idleNanos == 0 || now - usedAt < idleNanos / 10) {
      return false;
    }
    usedAt = now;
    return true;
  }

  /** The prepared answer. */
  public Lookup<V> lookup(long now) {
    return isFresh(now) ? fresh : stale;
  }

  /** The value. */
  public @Nullable V value() {
    return value;
  }

  /** The caller's key. */
  public K key() {
    return key;
  }

  /** Whether it is a value, a null or an absence. */
  public Sealed.Kind kind() {
    return kind;
  }

  /** Slot key. */
  public String slot() {
    return slot;
  }

  /** The marks that end it. */
  public Mark[] marks() {
    return marks;
  }

  /** Local number from which records on tags count. */
  public long asOf() {
    return asOf;
  }

  /** Local number from which records on the key count. */
  public long keyAsOf() {
    return keyAsOf;
  }

  /** Its times. */
  public Life life() {
    return life;
  }
}
