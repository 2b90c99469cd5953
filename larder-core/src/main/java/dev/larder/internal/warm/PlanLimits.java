package dev.larder.internal.warm;

import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmPlan;
import java.util.List;

/** What runs of a plan may ask of the source: what the plan declares, or less. */
final class PlanLimits {

  private PlanLimits() {}

  static WarmUp.Limits of(WarmPlan<?, ?> plan) {
    return new WarmUp.Limits(0, plan.perSecond(), plan.concurrency());
  }

  /** Refuses limits that are none for a run that begins. */
  static void require(WarmPlan<?, ?> plan, WarmUp.Limits limits) {
    List<String> faults = limits.faults(of(plan));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "warm-up " + plan.name() + ": " + String.join("; ", faults));
    }
  }

  /** Refuses limits that are none for a run that goes on. */
  static void requireForResume(WarmPlan<?, ?> plan, WarmUp.Limits limits) {
    require(plan, limits);
    if (limits.most() > 0) {
      throw new IllegalArgumentException("warm-up " + plan.name() + ": limit " + limits.most()
          + " cannot be set for a run that goes on; start one with it");
    }
  }
}
