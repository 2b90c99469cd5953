package dev.larder.internal.advise;

/** What becomes of entries between their fill and their end: how many of them are read, how often. */
final class Fates {

  private final long[] readSince;
  private final boolean[] isOpen;
  private long ended;
  private long never;
  private long once;

  Fates(int keys) {
    this.readSince = new long[keys];
    this.isOpen = new boolean[keys];
  }

  /** A key was filled, which ends what was there. */
  void filled(int key) {
    end(key);
    isOpen[key] = true;
    readSince[key] = 0;
  }

  /** So many more were filled and read often. */
  void more(long fills) {
    ended += fills;
  }

  void read(int key, long times) {
    readSince[key] += times;
  }

  /** Somebody asked for it when it was there no longer: it would have been read, however often. */
  void missed(int key) {
    readSince[key] += 2;
  }

  /** Another process has filled the key: what it had is at its end, what it has is that one's. */
  void forget(int key) {
    end(key);
  }

  /** The trace is over; the entry's time may be too. */
  void atEnd(int key, boolean isOver) {
    if (isOver) {
      end(key);
    }
  }

  private void end(int key) {
    if (isOpen[key]) {
      isOpen[key] = false;
      ended++;
      if (readSince[key] == 0) {
        never++;
      } else if (readSince[key] == 1) {
        once++;
      }
    }
  }

  /** Entries whose end is known. */
  long ended() {
    return ended;
  }

  /** Those of them that nobody read after they were filled. */
  long never() {
    return never;
  }

  /** Those of them that were read once after that. */
  long once() {
    return once;
  }
}
