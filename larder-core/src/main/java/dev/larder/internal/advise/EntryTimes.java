package dev.larder.internal.advise;

import java.util.Arrays;

/** How long entries were kept, and how many bytes that were. */
final class EntryTimes {

  private final long from;
  private final double window;
  private final int[] bytes;
  private double entryTime;
  private double knownTime;
  private double byteTime;

  EntryTimes(Trace trace) {
    this.from = trace.from();
    this.window = Math.max(1, trace.to() - trace.from());
    this.bytes = new int[trace.keys()];
    Arrays.fill(bytes, -1);
  }

  /** A key's entry has so many bytes from now on. */
  void bytes(int key, int size) {
    if (size >= 0) {
      bytes[key] = size;
    }
  }

  void add(int key, long since, long until) {
    double time = until - Math.max(since, from);
    if (time > 0) {
      entryTime += time;
      if (bytes[key] >= 0) {
        knownTime += time;
        byteTime += time * bytes[key];
      }
    }
  }

  /** Entries on average. */
  double entries() {
    return entryTime / window;
  }

  /** Bytes on average; those of unknown size are taken to be like the others. -1 if none is known. */
  double bytes() {
    return knownTime == 0 ? -1 : byteTime / window * (entryTime / knownTime);
  }
}
