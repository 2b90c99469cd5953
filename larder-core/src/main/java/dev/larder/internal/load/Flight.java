package dev.larder.internal.load;

import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.node.Moment;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One lookup below L1, and load if need be, of one key in this process; others wait for it.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class Flight<K, V> {

  private final CompletableFuture<L1Entry<K, V>> landed = new CompletableFuture<>();
  private final long beganAt;
  private final boolean isStrict;
  private final @Nullable Moment since;

  /**
   * Begins.
   *
   * @param beganAt now, on the node's nanosecond scale
   * @param isStrict whether markers decide about what it finds
   * @param since what its load is as of, if that is earlier than when it begins: when the unit of work
   *     around it began
   */
  public Flight(long beganAt, boolean isStrict, @Nullable Moment since) {
    this.beganAt = beganAt;
    this.isStrict = isStrict;
    this.since = since;
  }

  /** What its load is as of, if not of the moment when it begins. */
  public @Nullable Moment since() {
    return since;
  }

  /** Whether it trusts the stores' markers only, not what this node knows. */
  public boolean isStrict() {
    return isStrict;
  }

  /** What it brought. Complete this only by {@link #land} and {@link #fail}. */
  public CompletableFuture<L1Entry<K, V>> landed() {
    return landed;
  }

  /** When it began. */
  public long beganAt() {
    return beganAt;
  }

  /** Wakes the waiters with what was found or loaded. */
  public void land(L1Entry<K, V> entry) {
    landed.complete(entry);
  }

  /** Wakes the waiters with the failure, which is theirs too. */
  public void fail(Throwable failure) {
    landed.completeExceptionally(failure);
  }
}
