package dev.larder.internal.warm;

import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmPlan;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Tells operators when a plan's runs begin, stand still, go on and end. Of runs for an argument, of which
 * there may be one for each user, only those are told that did not end well.
 */
final class WarmNews {

  private final WarmContext context;
  private final String plan;
  private final String cache;

  WarmNews(WarmPlan<?, ?> plan, WarmContext context) {
    this.context = context;
    this.plan = plan.name();
    this.cache = plan.cache() == null ? "" : plan.cache().name();
  }

  void began(Order<?> order) {
    if (order.cause() != Order.Cause.ARGUMENT) {
      tell("began: " + why(order.cause()), 0, 0);
    }
  }

  private static String why(Order.Cause cause) {
    return switch (cause) {
      case START -> "the node started";
      case SCHEDULE -> "its schedule";
      case ASKED, ARGUMENT -> "it was asked for";
    };
  }

  /** An order was carried out, or not; says so in the words given. */
  boolean turned(boolean isDone, String text) {
    if (isDone) {
      tell(text, 0, 0);
    }
    return isDone;
  }

  void ended(Order<?> order, WarmUp end) {
    boolean isWell = end.state() == WarmUp.State.DONE && end.failed() == 0;
    if (order.cause() == Order.Cause.ARGUMENT && isWell) {
      return;
    }
    String text = (order.argument().isEmpty() ? "" : "for an argument: ")
        + end.state().name().toLowerCase(Locale.ROOT) + ", " + end.done() + " keys, of which "
        + end.found() + " were there; " + end.failed() + " failed";
    tell(text, TimeUnit.MILLISECONDS.toNanos(end.endedMillis() - end.startedMillis()), end.done());
  }

  private void tell(String text, long nanos, long keys) {
    context.news().heard(cache, plan, text, nanos, keys);
  }
}
