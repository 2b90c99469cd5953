package dev.larder.internal.advise;

/** What a cache has counted so far, of all keys. Safe for many threads; seldom asked. */
public interface Totals {

  /** Lookups. */
  long lookups();

  /** Those that a tier answered. */
  long hits();

  /** Those that L1 answered. */
  long l1Hits();
}
