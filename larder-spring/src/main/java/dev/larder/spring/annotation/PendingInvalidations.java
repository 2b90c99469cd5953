package dev.larder.spring.annotation;

import dev.larder.UnitOfWork;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations of one call of a method with {@link Invalidates} or {@link Writes}, from before its
 * transaction begins until after its end. {@link InsideTransaction} makes them part of the transaction;
 * where it does not, they follow the call.
 *
 * <p>Bound to the thread of the call, as the transaction is.
 */
final class PendingInvalidations implements AutoCloseable {

  private static final ThreadLocal<@Nullable PendingInvalidations> CURRENT = new ThreadLocal<>();

  private final MethodPlan plan;
  private final Call call;
  private final @Nullable PendingInvalidations around;
  private final @Nullable UnitOfWork unitAround;
  private boolean isDone;

  private PendingInvalidations(MethodPlan plan, Call call) {
    this.plan = plan;
    this.call = call;
    this.around = CURRENT.get();
    this.unitAround = plan.larder().currentUnit();
  }

  static PendingInvalidations open(MethodPlan plan, Call call) {
    PendingInvalidations opened = new PendingInvalidations(plan, call);
    CURRENT.set(opened);
    return opened;
  }

  /** Those of the call that is about to reach its target; null if this is another call. */
  @SuppressWarnings("ReferenceEquality") // an equal target is another one
  static @Nullable PendingInvalidations of(MethodInvocation reaching) {
    PendingInvalidations current = CURRENT.get();
    return current != null
            && current.call.invocation().getThis() == reaching.getThis()
            && current.call.invocation().getMethod().equals(reaching.getMethod())
        ? current
        : null;
  }

  /** The target has returned, and its transaction has not ended yet, if it has one. */
  void returned(@Nullable Object given) {
    // Again for each try of an interceptor that repeats calls: each has a transaction of its own.
    UnitOfWork unit = plan.larder().currentUnit();
    // Without a unit but with one around, that one is suspended: what was written is not part of
    // it.
    isDone = (unit != null || unitAround != null) && plan.isThereAlready(given);
    if (isDone) {
      plan.invalidate(call, given);
      if (unitAround != null
          && !unitAround.equals(unit)
          && plan.main() instanceof WritesOperation write) {
        // What is stored waits for the transaction around, which may be rolled back; this one may
        // not.
        write.invalidate(call, given);
      }
    }
  }

  /** Whether they are part of a transaction, and share its fate. */
  boolean isDone() {
    return isDone;
  }

  @Override
  public void close() {
    if (around == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(around);
    }
  }
}
