package dev.larder.internal.trial;

/**
 * Which arm of a trial a key is of, and which of the arm's buckets: by its stored form and the trial alone, so
 * the same in every process. A switch that caches a share of the keys places them by another hash, and
 * another trial by another still. Immutable.
 */
public final class Assignment {

  /** Groups of keys in each arm, between which the chance of a result is measured. */
  public static final int BUCKETS = 20;

  private static final int ALL = 100;

  private final long seed;
  private final int share;
  private final int taken;

  public Assignment(TrialOrder order) {
    this.seed = Long.parseUnsignedLong(order.id(), 16);
    this.share = order.share();
    this.taken = order.share() * order.variantMillis().size();
  }

  /** The place of a key: {@code arm * BUCKETS + bucket}, arm 0 having the policy's ttl. */
  public int place(String slot) {
    // SplitMix64: the hashes of texts that are alike are alike themselves.
    long mixed = seed ^ (slot.hashCode() * 0x9E3779B97F4A7C15L);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    int percent = (int) ((mixed >>> 32) % ALL);
    int arm = percent < taken ? 1 + percent / share : 0;
    return arm * BUCKETS + (int) ((mixed & 0xFFFFFFFFL) % BUCKETS);
  }

  /** The arm of a key; 0 has the policy's ttl. */
  public int arm(String slot) {
    return place(slot) / BUCKETS;
  }
}
