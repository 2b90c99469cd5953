package dev.larder.stats;

import dev.larder.CacheTier;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one shared tier is doing, as this process sees it.
 *
 * @param tier which tier
 * @param store name of the store
 * @param address host and port of its server, without credentials; empty if not known or in this process
 * @param isDegraded whether it is being skipped, or does not answer
 * @param circuit state of its circuit: closed, open, half-open; no-answer while its log does not answer
 *     and no call has met that yet
 * @param isConfirmed whether its log was proved current within a second
 * @param confirmedAgo time since the log's tail was last proved
 * @param calls calls made
 * @param failures calls that failed, timed out or were skipped
 * @param timeouts of these, those that got no answer in time
 * @param skipped of these, those that were not tried since the circuit was open
 * @param lastFailedAgo time since the last of them; null if there was none
 * @param logLostAgo time since its log was lost or trimmed before it was read, so that nothing that was
 *     cached before is valid; null if it never was
 * @param outage the outage that lasts; else the longest of the last half hour, or the last one before; null if
 *     there was none since this process began
 */
public record TierStats(
    CacheTier tier,
    String store,
    String address,
    boolean isDegraded,
    String circuit,
    boolean isConfirmed,
    Duration confirmedAgo,
    long calls,
    long failures,
    long timeouts,
    long skipped,
    @Nullable Duration lastFailedAgo,
    @Nullable Duration logLostAgo,
    @Nullable Outage outage) {

  /** What an application of an older version does not tell is not known. */
  public TierStats {
    address = Objects.requireNonNullElse(address, "");
  }

  /**
   * A time in which a tier was skipped, to about a second.
   *
   * @param beganAgo time since it last answered before that
   * @param endedAgo time since it took part again; null while it does not
   */
  public record Outage(Duration beganAgo, @Nullable Duration endedAgo) {}
}
