package dev.larder.internal.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.log.Target;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * All that a node has learnt since it last had to forget: the table of tags, the ring of keys, and
 * the floors below which it knows nothing. Replaced as one when a log turns out to be broken.
 *
 * <p>The table of tags is bounded. Evicting a row raises the floors to what the row knew and
 * poisons it, so that whoever still holds the row is not lulled. The marks of caches and of
 * everything are never evicted. The ring keeps the newest keys; what falls out of it raises the
 * ring's floor.
 *
 * <p>Writers hold the node's lock; readers need nothing. Mutation of a tag's mark happens inside the
 * table's atomic step for that tag, since an eviction may come from another thread.
 */
final class Knowledge {

  /** The floor of a log that has not been read: everything has to ask the store's markers. */
  static final long UNREAD = Long.MAX_VALUE - 1;

  private final int logs;

  /** Local sequence at which this knowledge began. */
  private final long since;

  private final Cache<Target, Mark> tags;
  private final ConcurrentMap<Target, Mark> pinned = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Mark> keys = new ConcurrentHashMap<>();
  private final ArrayDeque<RingPlace> ring = new ArrayDeque<>();
  private final int ringSize;

  private final AtomicLong tagFloor;
  private final AtomicLongArray tagFloors;
  private volatile long ringFloor;
  private final AtomicLongArray renew;

  private record RingPlace(String key, long sequence) {}

  Knowledge(int logs, long since, long[] floors, int maxTags, int ringSize) {
    this.logs = logs;
    this.since = since;
    this.ringSize = ringSize;
    this.tagFloor = new AtomicLong(since);
    this.tagFloors = new AtomicLongArray(floors.clone());
    this.renew = new AtomicLongArray(Math.max(1, logs));
    this.ringFloor = since;
    this.tags = Caffeine.newBuilder()
        .maximumSize(maxTags)
        .executor(Runnable::run)
        .<Target, Mark>evictionListener((target, mark, cause) -> {
          if (mark != null) {
            forget(mark);
          }
        })
        .build();
  }

  private void forget(Mark mark) {
    tagFloor.accumulateAndGet(mark.sequence(), Math::max);
    for (int i = 0; i < logs; i++) {
      if (!mark.isBound(i)) {
        tagFloors.accumulateAndGet(i, mark.position(i), Math::max);
      }
      if (mark.isPending(i)) {
        renew.set(i, 1);
      }
    }
    mark.poison();
  }

  /** A record that is pending in a log was forgotten: nothing in that log's tier can be trusted. */
  void renew(int log) {
    renew.set(log, 1);
  }

  /** Whether a log's epoch must be renewed, since a record pending there was forgotten. */
  boolean mustRenew(int log) {
    return renew.get(log) != 0;
  }

  /** Whether the retained records of a log were read, so that its floor means something. */
  boolean isRead(int log) {
    return tagFloors.get(log) != UNREAD;
  }

  /** The retained records of a log are about to be applied; nothing older is known. */
  void read(int log, long floor) {
    tagFloors.set(log, floor);
    pinned.values().forEach(mark -> mark.lowerBound(log, UNREAD, floor));
    for (Target target : tags.asMap().keySet()) {
      tags.asMap().computeIfPresent(target, (ignored, mark) -> {
        mark.lowerBound(log, UNREAD, floor);
        return mark;
      });
    }
  }

  /** The mark of a tag, prefix, cache or everything; made if it is not in the table. */
  Mark mark(Target target) {
    if (isPinned(target.kind())) {
      Mark mark = pinned.get(target);
      return mark != null ? mark : pinned.computeIfAbsent(target, this::fresh);
    }
    return tags.get(target, this::fresh);
  }

  private static boolean isPinned(Target.Kind kind) {
    return kind == Target.Kind.ALL || kind == Target.Kind.CACHE;
  }

  private Mark fresh(Target target) {
    long[] floors = new long[logs];
    for (int i = 0; i < logs; i++) {
      floors[i] = tagFloors.get(i);
    }
    return new Mark(target, tagFloor.get(), floors);
  }

  /** The mark of a key in the ring, or null if the key is not there. */
  @Nullable Mark key(String slot) {
    return keys.get(slot);
  }

  /**
   * Whether a value of a key, as of a local sequence, may be put into L1: no record of the key is
   * known after it, and the ring reaches back far enough to tell.
   */
  boolean isKeyClean(String slot, long asOf) {
    return asOf >= lastOfKey(slot);
  }

  /** Number of the last record of a key, or the highest it may have had if the key is not there. */
  long lastOfKey(String slot) {
    Mark mark = keys.get(slot);
    return mark == null ? ringFloor : mark.sequence();
  }

  /** Whether asOf was taken under this knowledge. */
  boolean covers(long asOf) {
    return asOf >= since;
  }

  interface Edit {
    void on(Mark mark);
  }

  /** Changes the mark of a target, making it first if need be. Caller holds the node's lock. */
  void edit(Target target, Edit edit) {
    if (target.kind() == Target.Kind.KEY) {
      Mark mark = keys.get(target.id());
      if (mark == null) {
        mark = new Mark(target, ringFloor, new long[logs]);
        edit.on(mark);
        keys.put(target.id(), mark);
      } else {
        edit.on(mark);
      }
    } else if (isPinned(target.kind())) {
      edit.on(mark(target));
    } else {
      tags.asMap().compute(target, (name, old) -> {
        Mark mark = old != null ? old : fresh(target);
        edit.on(mark);
        return mark;
      });
    }
  }

  /** As {@link #edit}, but leaves alone what is not known. */
  void editIfKnown(Target target, Edit edit) {
    if (target.kind() == Target.Kind.KEY) {
      Mark mark = keys.get(target.id());
      if (mark != null) {
        edit.on(mark);
      }
    } else {
      edit(target, edit);
    }
  }

  /** Enters a key into the ring's order and lets the oldest fall out. Caller holds the lock. */
  void enter(String slot, long sequence) {
    ring.addLast(new RingPlace(slot, sequence));
    while (ring.size() > ringSize) {
      RingPlace oldest = ring.removeFirst();
      Mark mark = keys.get(oldest.key());
      if (mark != null && mark.sequence() == oldest.sequence()) {
        for (int i = 0; i < logs; i++) {
          if (mark.isPending(i)) {
            renew.set(i, 1);
          }
        }
        ringFloor = Math.max(ringFloor, oldest.sequence());
        keys.remove(oldest.key());
      }
    }
  }

  /** Tags in the table, an estimate. */
  long tagCount() {
    return tags.estimatedSize();
  }

  /** Keys in the ring. */
  int keyCount() {
    return keys.size();
  }
}
