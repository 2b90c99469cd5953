package dev.larder.testkit;

import dev.larder.log.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What each read must not fall below: the newest version of an item whose invalidation was
 * acknowledged before the read began; on the node that invalidated at once, on others when the
 * acknowledgement is older than the bound.
 *
 * <p>Safe for use by many threads.
 */
final class FreshnessFloors {

  private static final int REMEMBERED_EVENTS = 60;

  private final LongSupplier nanos;
  private final long boundNanos;
  private final int nodes;
  private final List<Floor> floors = new ArrayList<>();

  /** One item's acknowledged versions and its latest events. */
  private final class Floor {
    final ReentrantLock lock = new ReentrantLock();
    final long[] byNode = new long[nodes];
    final Deque<Acknowledged> young = new ArrayDeque<>();
    final Deque<String> events = new ArrayDeque<>();
    long everywhere;
    long newest;

    @Nullable Position newestAt;

    long newestAtVersion;

    /** Takes what is older than the bound into {@link #everywhere}. */
    void settle(long now) {
      Iterator<Acknowledged> oldest = young.iterator();
      while (oldest.hasNext()) {
        Acknowledged next = oldest.next();
        if (now - next.atNanos() <= boundNanos) {
          return;
        }
        everywhere = Math.max(everywhere, next.version());
        oldest.remove();
      }
    }
  }

  private record Acknowledged(long version, long atNanos) {}

  /** A position, and the version that a reader of at least that position must see. */
  record Reachable(Position position, long version) {}

  FreshnessFloors(int items, int nodes, long boundNanos, LongSupplier nanos) {
    this.nodes = nodes;
    this.boundNanos = boundNanos;
    this.nanos = nanos;
    for (int i = 0; i < items; i++) {
      floors.add(new Floor());
    }
  }

  /**
   * An invalidation was acknowledged.
   *
   * @param version the item's version before the invalidation began
   * @param at where it stands; null if no log has it yet
   */
  void acknowledged(int node, int item, long version, @Nullable Position at) {
    Floor floor = floors.get(item);
    floor.lock.lock();
    try {
      floor.byNode[node] = Math.max(floor.byNode[node], version);
      floor.newest = Math.max(floor.newest, version);
      if (at != null) {
        floor.young.add(new Acknowledged(version, nanos.getAsLong()));
        if (version >= floor.newestAtVersion) {
          floor.newestAt = at;
          floor.newestAtVersion = version;
        }
      }
    } finally {
      floor.lock.unlock();
    }
  }

  /** The least version that a read which begins now on a node may return. */
  long least(int node, int item) {
    Floor floor = floors.get(item);
    floor.lock.lock();
    try {
      floor.settle(nanos.getAsLong());
      return Math.max(floor.byNode[node], floor.everywhere);
    } finally {
      floor.lock.unlock();
    }
  }

  /** The newest version whose invalidation was acknowledged anywhere. */
  long newest(int item) {
    Floor floor = floors.get(item);
    floor.lock.lock();
    try {
      return floor.newest;
    } finally {
      floor.lock.unlock();
    }
  }

  /** The newest position of an item that a node can be asked to be at. */
  @Nullable Reachable reachable(int item) {
    Floor floor = floors.get(item);
    floor.lock.lock();
    try {
      Position at = floor.newestAt;
      return at == null ? null : new Reachable(at, floor.newestAtVersion);
    } finally {
      floor.lock.unlock();
    }
  }

  /** Remembers something for the story that a failure tells. */
  void event(int item, String what) {
    Floor floor = floors.get(item);
    floor.lock.lock();
    try {
      if (floor.events.size() == REMEMBERED_EVENTS) {
        floor.events.removeFirst();
      }
      floor.events.add(nanos.getAsLong() / 1_000 + " us  " + what);
    } finally {
      floor.lock.unlock();
    }
  }

  /** The latest events of an item, one a line. */
  String story(int item) {
    Floor floor = floors.get(item);
    floor.lock.lock();
    try {
      return String.join("\n", floor.events);
    } finally {
      floor.lock.unlock();
    }
  }
}
