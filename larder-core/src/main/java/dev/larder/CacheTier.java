package dev.larder;

/** The tiers that a cache can use, nearest first. */
public enum CacheTier {
  /** Inside this process. */
  L1,
  /** The shared store, Redis or Valkey. */
  L2,
  /** The database, which takes over when L2 is absent or failing. */
  DATABASE
}
