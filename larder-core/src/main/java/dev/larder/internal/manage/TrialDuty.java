package dev.larder.internal.manage;

import dev.larder.internal.advise.Words;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialTally;
import dev.larder.manage.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in trials of ttls: its caches follow the orders, and what they counted is pinned now and then
 * while a trial runs and once when it is over, so that it outlives this process. Safe for many threads.
 *
 * <p>A trial whose order is on none of the boards that answer is not followed. While no board answers, a node
 * goes on with what it follows, until the trial's own end.
 */
final class TrialDuty {

  /** Results are kept for so long after the end of a trial. */
  static final Duration KEPT = Duration.ofDays(30);

  private static final long TELL_EVERY_MILLIS = 5_000;

  private final LocalView local;
  private final Map<String, Long> told = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private Map<String, TrialOrder> orders = Map.of();

  TrialDuty(LocalView local) {
    this.local = local;
  }

  /** The orders as they were last followed, by cache. */
  synchronized Map<String, TrialOrder> orders() {
    return orders;
  }

  /** Follows these orders, by cache, and no others. */
  synchronized void follow(Map<String, TrialOrder> now) {
    orders = Map.copyOf(now);
    long at = local.storeMillis();
    for (CacheInspection cache : local.caches()) {
      TrialOrder order = now.get(cache.name());
      if (cache.follow(order, at)) {
        note(cache.name(), order != null && order.isRunning(at) ? order : null);
      }
    }
  }

  /** Follows one more. */
  void follow(TrialOrder order) {
    Map<String, TrialOrder> all = new HashMap<>(orders());
    all.put(order.cache(), order);
    follow(all);
  }

  private void note(String cache, @Nullable TrialOrder order) {
    String text = "the trial of ttls ended";
    if (order != null) {
      List<String> ttls = order.variantMillis().stream().map(Words::time).toList();
      text = "a trial of ttl " + String.join(", ", ttls) + " began, for " + order.share()
          + " % of the keys each";
    }
    local.journal().note(Event.Kind.SWITCH, cache, cache, text, 0, 1);
  }

  /** What this node has counted of a trial; null if it has not taken part. */
  @Nullable TrialTally tally(TrialOrder order) {
    for (CacheInspection cache : local.caches()) {
      if (cache.name().equals(order.cache())) {
        return cache.tally(order.id(), local.storeMillis());
      }
    }
    return null;
  }

  /** Whether there is something to pin. */
  boolean isDue() {
    return !due(local.storeMillis()).isEmpty();
  }

  /** Pins what is due. */
  CompletableFuture<Void> tell(Bulletin bulletin) {
    List<CompletableFuture<Void>> telling = new ArrayList<>();
    long now = local.storeMillis();
    for (TrialOrder order : due(now)) {
      TrialTally tally = tally(order);
      if (tally == null) {
        told(order, now);
      } else {
        telling.add(bulletin.tell(order, tally).thenRun(() -> told(order, now)));
      }
    }
    return CompletableFuture.allOf(telling.toArray(CompletableFuture[]::new));
  }

  private synchronized Collection<TrialOrder> due(long now) {
    List<TrialOrder> due = new ArrayList<>();
    for (TrialOrder order : orders.values()) {
      boolean isTime = now - told.getOrDefault(order.id(), 0L) >= TELL_EVERY_MILLIS;
      if (order.isRunning(now) ? isTime : !finished.contains(order.id())) {
        due.add(order);
      }
    }
    return due;
  }

  private synchronized void told(TrialOrder order, long now) {
    told.put(order.id(), now);
    if (!order.isRunning(now)) {
      finished.add(order.id());
    }
  }
}
