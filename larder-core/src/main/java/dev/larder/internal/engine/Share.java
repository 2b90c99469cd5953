package dev.larder.internal.engine;

import dev.larder.key.KeyEncoder;

/** The share of one cache's keys that are cached. A hit reads one field when that is all of them. */
final class Share {

  private static final int ALL = 100;

  private final KeyEncoder keys;
  private volatile int percent = ALL;

  Share(KeyEncoder keys) {
    this.keys = keys;
  }

  void set(int percent) {
    this.percent = percent;
  }

  /** Whether a key is cached. */
  boolean has(Object key) {
    int now = percent;
    return now == ALL || (now > 0 && bucket(keys.encodeSlot(key)) < now);
  }

  /** 0 to 99, the same in every process: by the stored form, spread since like keys have like hashes. */
  private static int bucket(String slot) {
    int hash = slot.hashCode() * 0x9E3779B9;
    hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
    return Integer.remainderUnsigned(hash ^ (hash >>> 13), ALL);
  }
}
