package dev.larder.internal.warm;

import dev.larder.internal.store.GuardedStore;
import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import dev.larder.tier.Slot;
import dev.larder.warm.WarmRun.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One node's right to run a plan: a placeholder in a slot of the shared tier, as a load's lease is.
 *
 * <p>Slots, and not notes on the board: planting is a compare-and-set, so of two nodes one gets it,
 * while pinning a note replaces whatever is there. A second slot remembers that a run has ended, until
 * the next one is due: the holder plants it <em>before</em> it gives up the lease, and who takes the
 * lease looks for it <em>afterwards</em>, so that no node runs again what another has just done. A run
 * that died leaves no such mark, and whoever comes next goes on.
 *
 * <p>It guards work, not correctness. A process that stood still for longer than {@link #LIFE} finds at
 * its next renewal that another has the lease, and stops; fills are fenced by slots of their own.
 */
final class WarmLease {

  static final Duration LIFE = Duration.ofSeconds(15);

  private final @Nullable GuardedStore store;
  private final WarmContext context;
  private final String leaseSlot;
  private final String turnSlot;
  private final long nonce = nonce();
  private volatile long heldUntil;

  /** @param argument text of the run's argument; empty if it has none */
  WarmLease(WarmContext context, String plan, String argument) {
    this.context = context;
    this.store = context.store();
    KeyEncoder keys = KeyEncoder.of(new KeySettings(
        context.keyPrefix(), "larder.warm", 1, false, null, KeySettings.DEFAULT_MAX_BYTES, ""));
    leaseSlot = keys.encodeSlot(List.of("lease", plan, argument));
    turnSlot = keys.encodeSlot(List.of("turn", plan, argument));
  }

  private static long nonce() {
    long random = ThreadLocalRandom.current().nextLong();
    return random == 0 ? 1 : random;
  }

  /** @param heedsTurn whether a run that ended lately is reason not to run */
  CompletableFuture<Turn> take(boolean heedsTurn) {
    GuardedStore shared = store;
    if (shared == null) {
      return CompletableFuture.completedFuture(Turn.HERE);
    }
    return plant(shared, 0)
        .thenCompose(taken -> !taken
            ? CompletableFuture.completedFuture(Turn.ELSEWHERE)
            : !heedsTurn
                ? CompletableFuture.completedFuture(Turn.HERE)
                : shared
                    .call(() -> shared.tier().read(turnSlot))
                    .thenCompose(slot -> slot instanceof Slot.Placeholder
                        ? release().thenApply(done -> Turn.DONE_LATELY)
                        : CompletableFuture.completedFuture(Turn.HERE)))
        .exceptionally(failure -> {
          var unused = release();
          return Turn.UNREACHABLE;
        });
  }

  private CompletableFuture<Boolean> plant(GuardedStore shared, long expected) {
    long sent = context.time().nanos();
    return shared
        .call(() -> shared.tier().plant(leaseSlot, expected, nonce, LIFE), late -> {
          if (late && expected == 0) {
            var unused = release();
          }
        })
        .thenApply(planted -> {
          if (planted) {
            heldUntil = sent + LIFE.toNanos();
          }
          return planted;
        });
  }

  /** Whether nobody else can have it, by this node's clock. */
  boolean isHeld() {
    return store == null || heldUntil - context.time().nanos() > 0;
  }

  /**
   * Extends it, or takes it again if it was lost and is free. False in the stage if another has it;
   * the stage fails if the tier does not answer.
   */
  CompletableFuture<Boolean> renew() {
    GuardedStore shared = store;
    return shared == null
        ? CompletableFuture.completedFuture(true)
        : plant(shared, nonce)
            .thenCompose(held -> held ? CompletableFuture.completedFuture(true) : plant(shared, 0));
  }

  /**
   * Remembers for all nodes that a run has ended. Never fails: without it one run too many is made.
   *
   * @param life until the next one is due
   */
  CompletableFuture<Boolean> endTurn(Duration life) {
    GuardedStore shared = store;
    return shared == null || life.toMillis() < 1
        ? CompletableFuture.completedFuture(false)
        : shared
            .call(() -> shared.tier().plant(turnSlot, null, nonce(), life))
            .exceptionally(failure -> false);
  }

  /** Lets others have it. Never fails: what is not released runs out. */
  CompletableFuture<Boolean> release() {
    GuardedStore shared = store;
    return shared == null
        ? CompletableFuture.completedFuture(true)
        : shared
            .call(() -> shared.tier().release(leaseSlot, nonce))
            .exceptionally(failure -> false);
  }
}
