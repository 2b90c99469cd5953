package dev.larder;

import java.time.Duration;

/**
 * What may be done with an entry past its ttl, and for how long after it. Zero is not at all. Never
 * with one that was invalidated.
 *
 * @param staleFor it is served while it is refreshed
 * @param staleIfError it stands in for a load that fails
 * @param revalidateFor the load that is to replace it may {@link Loading#previous see it}
 */
public record StaleTimes(Duration staleFor, Duration staleIfError, Duration revalidateFor) {

  /** Nothing at all. */
  public static final StaleTimes NONE = new StaleTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** The longest of the three. */
  public Duration longest() {
    Duration served = staleFor.compareTo(staleIfError) > 0 ? staleFor : staleIfError;
    return served.compareTo(revalidateFor) > 0 ? served : revalidateFor;
  }

  /** Each time where it is shorter than another's. */
  public StaleTimes atMost(StaleTimes most) {
    return new StaleTimes(
        shorter(staleFor, most.staleFor),
        shorter(staleIfError, most.staleIfError),
        shorter(revalidateFor, most.revalidateFor));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
