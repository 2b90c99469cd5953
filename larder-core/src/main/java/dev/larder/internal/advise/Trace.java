package dev.larder.internal.advise;

/**
 * A copy of what a sample has seen: events in the order of their beginnings, times in {@link Ticks}.
 *
 * @param share of the keys that were followed, 0 to 1
 * @param pause the longest between two reads of a run
 * @param from when it begins
 * @param to when it was taken
 * @param lookups that the cache had from then to then, of all keys
 * @param hits those of them that a tier answered
 * @param l1Hits those of them that L1 answered
 * @param keys how many keys there are
 * @param key for each event the number of its key
 * @param what for each event its kind and marks, see {@link Events}
 * @param at for each event when it was
 * @param until for each event the end of a run, the age or the own ttl of an entry
 * @param amount for each event how many reads, or how many bytes; -1 if not known
 * @param loadedBefore for each key when it was loaded last before the trace begins; {@link
 *     Followed#NEVER} if that is not known
 * @param readBefore as that, when it was read last
 * @param isNew for each key whether all that ever happened to it is here
 * @param isVolatile for each key whether it has a part that makes it unlike any other
 */
record Trace(
    double share,
    long pause,
    long from,
    long to,
    long lookups,
    long hits,
    long l1Hits,
    int keys,
    int[] key,
    byte[] what,
    int[] at,
    int[] until,
    int[] amount,
    int[] loadedBefore,
    int[] readBefore,
    boolean[] isNew,
    boolean[] isVolatile) {

  int size() {
    return key.length;
  }

  int kind(int event) {
    return what[event] & Events.KIND;
  }

  boolean has(int event, int mark) {
    return (what[event] & mark) != 0;
  }

  /** Whether it is a lookup, or a run of them. */
  boolean isRead(int event) {
    return kind(event) <= Events.ENDED;
  }

  /** Reads of followed keys. */
  long reads() {
    long reads = 0;
    for (int i = 0; i < size(); i++) {
      reads += isRead(i) ? amount[i] : 0;
    }
    return reads;
  }

  long millis() {
    return Ticks.toMillis(to - from);
  }
}
