package dev.larder.internal.node;

import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a node has met, by nonce: under which local number, and in which of its logs. A
 * change is pending in a log until it was met there or cannot be any more; the marks of its targets
 * tell so.
 *
 * <p>The oldest are dropped past a bound. Guarded by the node's lock.
 */
final class MetChanges {

  private static final int MOST = 200_000;

  private final LinkedHashMap<Long, Met> byNonce = new LinkedHashMap<>();
  private final int logs;

  /** One change. */
  static final class Met {
    final Change change;
    final long number;

    /** Number of the last record of the same key before this one; for changes of one key. */
    final long before;

    /** Logs that it was met in, or lies behind what they keep; one bit each. */
    int logs;

    /** Whether no log has acknowledged it yet and this node will try again. */
    boolean isDeferred;

    private Met(Change change, long number, long before, int logs) {
      this.change = change;
      this.number = number;
      this.before = before;
      this.logs = logs;
    }

    boolean isMetIn(int log) {
      return (logs & (1 << log)) != 0;
    }
  }

  /**
   * @param logs how many logs the node has
   */
  MetChanges(int logs) {
    this.logs = logs;
  }

  /** The bits of all logs. */
  int inAll() {
    return (1 << logs) - 1;
  }

  @Nullable Met find(long nonce) {
    return byNonce.get(nonce);
  }

  boolean contains(long nonce) {
    return byNonce.containsKey(nonce);
  }

  /**
   * Adds a change that was not met before.
   *
   * @param inLogs one bit for each log that it was met in
   */
  Met add(Change change, long number, long before, int inLogs) {
    Met met = new Met(change, number, before, inLogs);
    byNonce.put(change.nonce(), met);
    return met;
  }

  /**
   * Drops the oldest past the bound.
   *
   * @param pending hears of each log that a dropped one was still to be met in
   */
  void trim(IntConsumer pending) {
    Iterator<Met> oldest = byNonce.values().iterator();
    while (byNonce.size() > MOST && oldest.hasNext()) {
      Met met = oldest.next();
      for (int log = 0; log < logs; log++) {
        if (!met.isMetIn(log)) {
          pending.accept(log);
        }
      }
      oldest.remove();
    }
  }

  /** A known change was met at a place of a log. */
  void again(Met met, int log, long place, Knowledge knowledge) {
    boolean isNew = !met.isMetIn(log);
    for (Target target : met.change.targets()) {
      knowledge.editIfKnown(target, mark -> {
        if (isNew) {
          mark.settle(log, place);
        } else {
          mark.place(log, place);
        }
      });
    }
    met.logs |= 1 << log;
    if (met.change.isInOneLogOnly()) {
      forgive(met, knowledge);
    }
  }

  /** These changes will be met in no other log: they are pending nowhere any longer. */
  void settle(Set<Long> nonces, Knowledge knowledge) {
    for (Long nonce : nonces) {
      Met met = byNonce.get(nonce);
      if (met != null) {
        forgive(met, knowledge);
      }
    }
  }

  private void forgive(Met met, Knowledge knowledge) {
    for (int i = 0; i < logs; i++) {
      int log = i;
      if (!met.isMetIn(log)) {
        for (Target target : met.change.targets()) {
          knowledge.editIfKnown(target, mark -> mark.forgive(log));
        }
      }
    }
    met.logs = inAll();
  }

  /**
   * Everything else was forgotten. A change that has no place in a log yet is still to come there, in
   * a new epoch too: until then that tier's entries under it may be of either side.
   *
   * @param fresh what is known from now on
   * @param number the local number of the forgetting
   */
  void carryOver(Knowledge fresh, long number) {
    byNonce.values().removeIf(met -> met.logs == inAll());
    for (Met met : byNonce.values()) {
      for (Target target : met.change.targets()) {
        fresh.edit(target, mark -> mark.await(number, met.logs));
        if (target.kind() == Target.Kind.KEY) {
          fresh.enter(target.id(), number);
        }
      }
    }
  }

  /**
   * Nonces of those that were met in the second log and not in the first.
   *
   * @param bothWays whether to add those of the first log that were not met in the second
   */
  Set<Long> inOneOnly(boolean bothWays) {
    Set<Long> nonces = new HashSet<>();
    byNonce.forEach((nonce, met) -> {
      if (met.logs == 2 || (bothWays && met.logs == 1 && !met.isDeferred)) {
        nonces.add(nonce);
      }
    });
    return nonces;
  }
}
