package dev.larder.internal.advise;

import dev.larder.CacheTier;
import dev.larder.TimeSource;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.node.Node;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Follows some of one cache's keys and remembers what becomes of them: a spatial sample in the manner of
 * SHARDS (Waldspurger, Park, Garthwaite and Ahmad, 2015). A key is followed if the hash of it is below a
 * threshold, so all of its reads are seen or none. When there are too many the threshold is halved and the
 * keys above it are dropped.
 *
 * <p>Memory is bounded: at most {@value FollowedKeys#MOST} keys and {@value #MOST_EVENTS} events, about
 * 300 KB for a cache with traffic, and the keys themselves. Both grow as they are needed.
 *
 * <p>A lookup of a key that is not followed costs a hash and a comparison. Reads of the same key that come
 * close after each other are one event, a run; many in a short while are counted by a sample of one in
 * {@value #QUIET_SHARE}, so that a key which all threads hit is written by none of them. A hit never waits
 * for the lock. Safe for many threads.
 */
public final class Sampler {

  static final int MOST_EVENTS = 12_288;

  /** With so many keys, and not with fewer, the sample is thinned so that it reaches further back. */
  private static final int LEAST_KEYS = 768;

  private static final int FIRST_EVENTS = 384;

  /** Hits of a key within a slice that are counted one by one. */
  private static final int EXACT = 32;

  private static final int QUIET_SHARE = 16;
  private static final int QUIET_PLACES = 2_048;

  /** The sample is to reach back so many times the ttl. */
  private static final int TTLS = 2;

  /** A run may have pauses of this share of the ttl. */
  private static final int GAPS_IN_TTL = 32;

  private static final int LONGEST_GAP = 60_000;
  private static final int LONGEST = 1 << 30;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final TimeSource time;
  private final Node node;
  private final Totals totals;
  private final long ttl;
  private final int gap;
  private final int slice;
  private final ReentrantLock lock = new ReentrantLock();
  private final Events events = new Events(MOST_EVENTS, FIRST_EVENTS);
  private final FollowedKeys keys = new FollowedKeys(events);

  /**
   * Till when hits of keys with these bits are sampled, ticks. Written and read without order: what is
   * missed is a few counts.
   */
  private final int[] quiet = new int[QUIET_PLACES];

  private boolean hasRead;
  private long firstReadAt;
  private volatile long base;
  private long checked;

  /**
   * @param node says whether an entry has been invalidated
   * @param ttl of the cache's policy
   * @param totals what the cache has counted
   */
  public Sampler(TimeSource time, Node node, Duration ttl, Totals totals) {
    this.time = time;
    this.node = node;
    this.totals = totals;
    this.base = time.nanos();
    this.ttl = Ticks.ofMillis(ttl.toMillis());
    this.gap = (int) Math.max(1, Math.min(this.ttl / GAPS_IN_TTL, LONGEST_GAP));
    this.slice = Math.max(1, gap / 4);
  }

  /** The shortest ttl that a sample of a cache with this ttl can tell anything of. */
  public static Duration finest(Duration ttl) {
    return Duration.ofMillis(Math.max(1, ttl.toMillis() * 2 / GAPS_IN_TTL));
  }

  // ---- what happens

  /**
   * A lookup was answered, or not.
   *
   * @param tier who answered; null if nobody did
   * @param now the time that the lookup read anyway, {@link TimeSource#nanos}
   */
  public void read(Object key, @Nullable CacheTier tier, long now) {
    int spread = FollowedKeys.spread(key);
    if (keys.isFollowed(spread)) {
      readFollowed(key, spread, tier, now);
    }
  }

  private void readFollowed(Object key, int spread, @Nullable CacheTier tier, long now) {
    int tick = tick(now);
    int weight = 1;
    if (tier == CacheTier.L1) {
      int place = spread & (QUIET_PLACES - 1);
      if (quiet[place] - tick > 0) {
        if ((now * GOLDEN_RATIO) >>> 60 != 0) {
          return;
        }
        weight = QUIET_SHARE;
      }
      Followed known = keys.known(key);
      if (known != null && known.runKind == Events.L1 && tick - known.sliceEnd < 0) {
        known.more += weight;
        known.inSlice++;
        if (known.inSlice >= EXACT) {
          quiet[place] = known.sliceEnd;
        }
        return;
      }
      // Whoever finds it busy is left out, as is the hit of another thread above.
      if (!lock.tryLock()) {
        return;
      }
    } else {
      lock.lock();
    }
    try {
      readLocked(key, spread, tier, tick, weight);
    } finally {
      lock.unlock();
    }
  }

  private int tick(long now) {
    return (int) Ticks.ofNanos(now - base);
  }

  private void readLocked(Object key, int spread, @Nullable CacheTier tier, int tick, int weight) {
    Followed known = keys.follow(key, spread, tick);
    if (known == null) {
      return;
    }
    settle(known);
    if (!hasRead) {
      hasRead = true;
      firstReadAt = time.nanos();
    }
    byte kind = tier == CacheTier.L1 ? Events.L1 : tier != null ? Events.BELOW : Events.MISS;
    if (kind == Events.MISS && known.isEnded(node)) {
      kind = Events.ENDED;
      known.isGone();
    }
    // A miss leads to a load, so misses are together only where they waited for the same one.
    int pause = kind >= Events.MISS ? slice : gap;
    boolean isSame = known.runKind == kind
        && events.isKept(known.newest)
        && tick - known.lastAt <= pause
        && tick - known.runFrom <= ttl;
    if (isSame) {
      events.extend(known.newest, tick, weight);
    } else {
      events.add(known, kind, tick, tick, weight, totals);
      known.runKind = kind;
      known.runFrom = tick;
    }
    known.lastAt = tick;
    known.sliceEnd = tick + slice;
    known.inSlice = 0;
    check(tick);
  }

  /** Adds what hits have counted to their event. */
  private void settle(Followed known) {
    int more = known.more;
    if (more > 0) {
      known.more = 0;
      if (events.isKept(known.newest) && known.runKind == Events.L1) {
        events.extend(known.newest, known.lastAt, more);
      }
    }
  }

  /** Once in a turn of the ring: whether more or fewer keys should be followed. */
  private void check(int tick) {
    if (tick > LONGEST || tick < 0) {
      // Ticks are about to overflow, after twelve days.
      restart();
      return;
    }
    if (!events.hasTurned() || events.count() - checked < MOST_EVENTS) {
      return;
    }
    checked = events.count();
    keys.sweep();
    long span = (long) tick - events.at(events.oldest());
    if (span < TTLS * ttl && keys.count() > LEAST_KEYS) {
      keys.thin();
    } else if (span > 8L * TTLS * ttl && keys.mayWiden()) {
      restart();
      keys.widen();
    }
  }

  private void restart() {
    keys.clear();
    events.clear();
    checked = 0;
    base = time.nanos();
  }

  // ---- what is stored

  /**
   * An entry is about to be stored below L1.
   *
   * @param body its stored form
   */
  public void sealed(Object key, String slot, byte[] body) {
    Followed known = keys.known(key);
    if (known != null) {
      ByteBuffer payload = Envelope.open(slot, ByteBuffer.wrap(body)).payload();
      CRC32C sum = new CRC32C();
      sum.update(payload.duplicate());
      lock.lock();
      try {
        known.nextBytes = body.length;
        known.nextPrint = print((int) sum.getValue() * 31 + payload.remaining());
      } finally {
        lock.unlock();
      }
    }
  }

  /** Never 0, which says that there is none. */
  private static int print(int hash) {
    return hash == 0 ? 1 : hash;
  }

  /**
   * An entry was stored.
   *
   * @param isWritten whether a caller wrote it, rather than a load
   * @param isTagged whether it has a tag
   * @param ownTtl its ttl in milliseconds where that is not the policy's; 0 where it is
   */
  public void stored(L1Entry<?, ?> entry, boolean isWritten, boolean isTagged, long ownTtl) {
    Object key = entry.key();
    int spread = FollowedKeys.spread(key);
    if (!keys.isFollowed(spread)) {
      return;
    }
    int tick = tick(time.nanos());
    lock.lock();
    try {
      Followed known = keys.follow(key, spread, tick);
      if (known == null) {
        return;
      }
      settle(known);
      Object value = entry.value();
      int print = known.nextPrint != 0 ? known.nextPrint : ValuePrint.of(value);
      int kind = isWritten ? Events.WRITTEN : Events.LOADED;
      if (!isWritten && known.print != 0 && print != 0 && !known.isEnded(node)) {
        kind |= print == known.print ? Events.SAME : Events.CHANGED;
      }
      kind |= marks(entry, isTagged);
      known.bytes = known.nextBytes;
      known.print = print;
      known.nextBytes = -1;
      known.nextPrint = 0;
      known.holds(entry);
      known.runKind = -1;
      known.lastAt = tick;
      int own = (int) Math.min(LONGEST, Ticks.ofMillis(ownTtl));
      events.add(known, kind, tick, own, known.bytes, totals);
      check(tick);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A tier below L1 had an entry.
   *
   * @param ageMillis since it was stored
   * @param bytes about how long its stored form is
   */
  public void found(L1Entry<?, ?> entry, long ageMillis, int bytes, boolean isTagged) {
    Followed known = keys.known(entry.key());
    if (known == null) {
      return;
    }
    int tick = tick(time.nanos());
    lock.lock();
    try {
      settle(known);
      known.bytes = bytes;
      // Another process may have loaded it: what it replaces is not known to be its predecessor.
      known.print = 0;
      known.holds(entry);
      known.runKind = -1;
      int age = (int) Math.min(LONGEST, Ticks.ofMillis(Math.max(0, ageMillis)));
      int kind = Events.FOUND | marks(entry, isTagged);
      events.add(known, kind, tick, age, bytes, totals);
      check(tick);
    } finally {
      lock.unlock();
    }
  }

  private static int marks(L1Entry<?, ?> entry, boolean isTagged) {
    return (isTagged ? 0 : Events.UNTAGGED)
        | (entry.kind() == Sealed.Kind.ABSENCE ? Events.ABSENT : 0);
  }

  // ---- what was seen

  /** Share of the keys that are followed, 0 to 1. */
  double share() {
    return keys.share();
  }

  int keys() {
    return keys.count();
  }

  /** How long ago the cache had its first lookup, of which the sample may not tell any more; 0 before it. */
  long ageMillis() {
    lock.lock();
    try {
      return hasRead ? TimeUnit.NANOSECONDS.toMillis(time.nanos() - firstReadAt) : 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was seen so far. Takes a copy under the lock.
   *
   * @param isVolatile whether a key looks as if nobody could ask for it again
   */
  public Trace trace(Function<Object, Boolean> isVolatile) {
    lock.lock();
    try {
      keys.forEach(this::settle);
      return new TraceCopy(events, keys).copy(share(), gap, tick(time.nanos()), totals, isVolatile);
    } finally {
      lock.unlock();
    }
  }
}
