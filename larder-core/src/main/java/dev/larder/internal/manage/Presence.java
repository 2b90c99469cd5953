package dev.larder.internal.manage;

import dev.larder.manage.Event;
import dev.larder.manage.NodeView;
import dev.larder.manage.WarmUp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows this node to the others once a second, carries out what was ordered of all nodes, and answers
 * what they ask. Two or three round trips a second to the board, none of which anybody waits for; ten more
 * in the three seconds after a question, since who asks one asks more.
 */
final class Presence implements AutoCloseable {

  private static final long EVERY_MILLIS = 1_000;
  private static final long ATTENTIVE_EVERY_MILLIS = 100;
  private static final int ATTENTIVE_LOOKS = 30;
  private static final int MOST_ANSWERED = 1_000;

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.manage");

  private final LocalView local;
  private final Bulletin bulletin;
  private final Function<Ask, CompletionStage<Answer>> answering;
  private final ObjIntConsumer<String> turn;
  private final WarmOrders warming;
  private final TrialDuty trials;
  private final Executor executor;
  private final StateWatch states;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private final AtomicInteger looksLeft = new AtomicInteger();
  private final Map<String, Boolean> answered = new LinkedHashMap<>();
  private final Map<String, Integer> turned = new HashMap<>();
  private final Map<String, Long> adopted = new HashMap<>();
  private volatile @Nullable ScheduledExecutorService scheduler;
  private @Nullable ScheduledFuture<?> timer;
  private volatile Map<String, Integer> switches = Map.of();

  /**
   * @param answering answers a question, at once or later
   * @param turn sets a switch of this node
   * @param executor where answers may block
   */
  Presence(
      LocalView local,
      Bulletin bulletin,
      Function<Ask, CompletionStage<Answer>> answering,
      ObjIntConsumer<String> turn,
      WarmOrders warming,
      TrialDuty trials,
      Executor executor) {
    this.local = local;
    this.bulletin = bulletin;
    this.answering = answering;
    this.turn = turn;
    this.warming = warming;
    this.trials = trials;
    this.executor = executor;
    this.states = new StateWatch(local.journal());
  }

  void start(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    timer = scheduler.scheduleWithFixedDelay(this::round, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The switches that hold for all nodes, as they were last read. */
  Map<String, Integer> switches() {
    return switches;
  }

  /** A node without caches has nothing to show: it is an operator's own. */
  private boolean isNode() {
    return !local.caches().isEmpty();
  }

  /** One round; the next waits for its end. */
  CompletionStage<Void> round() {
    return alone(() -> isNode() ? work() : hear());
  }

  /** Nothing if another round, or a look between two, has not ended. */
  private CompletionStage<Void> alone(Supplier<CompletableFuture<Void>> task) {
    if (!isRunning.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> round;
    try {
      round = task.get();
    } catch (RuntimeException failure) {
      round = CompletableFuture.failedFuture(failure);
    }
    return round.handle((done, failure) -> {
      if (failure != null) {
        logger.debug("this node could not show itself to the others", failure);
      }
      isRunning.set(false);
      return null;
    });
  }

  /** Looks for more questions before the next round, for a while. */
  private void attend() {
    if (looksLeft.getAndSet(ATTENTIVE_LOOKS) == 0) {
      lookSoon();
    }
  }

  private void lookSoon() {
    ScheduledExecutorService timers = scheduler;
    if (timers == null) {
      return;
    }
    try {
      var unused = timers.schedule(this::look, ATTENTIVE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The larder is being closed.
      looksLeft.set(0);
    }
  }

  private void look() {
    CompletionStage<Void> looked = alone(() -> bulletin.isThere()
        ? bulletin.orders().thenAccept(this::carryOut)
        : CompletableFuture.completedFuture(null));
    looked.whenComplete((done, failure) -> {
      if (looksLeft.decrementAndGet() > 0) {
        lookSoon();
      }
    });
  }

  private CompletableFuture<Void> work() {
    NodeView view = local.now();
    local.journal().seen(new LastOutages(view.tiers(), view.atMillis()));
    local.journal().endMinute();
    states.look(view);
    if (!bulletin.isThere()) {
      return CompletableFuture.completedFuture(null);
    }
    List<WarmUp> warmUps = warming.status();
    CompletableFuture<Void> work = CompletableFuture.allOf(
        bulletin.show(view),
        bulletin.orders().thenAccept(this::carryOut),
        warmUps.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : bulletin.tell(local.node(), warmUps));
    return CompletableFuture.allOf(work, hear());
  }

  /** What the other nodes tell of, where somebody listens. */
  private CompletableFuture<Void> hear() {
    return local.journal().isWatched() && bulletin.isThere()
        ? bulletin.nodes().thenAccept(this::adopt)
        : CompletableFuture.completedFuture(null);
  }

  private void carryOut(Map<String, byte[]> orders) {
    Map<String, Integer> ordered = Bulletin.switches(orders);
    switches = ordered;
    ordered.forEach((cache, percent) -> {
      if (!percent.equals(turned.put(cache, percent))) {
        turn.accept(cache, percent);
        local
            .journal()
            .note(
                Event.Kind.SWITCH,
                cache,
                cache.isEmpty() ? "all caches" : cache,
                percent + " % of keys are cached",
                0,
                1);
      }
    });
    trials.follow(Bulletin.byCache(bulletin.trials(orders)));
    if (trials.isDue()) {
      // Neither on this thread, nor waited for: it walks over L1.
      execute(() -> {
        var unused = trials.tell(bulletin);
      });
    }
    for (Ask ask : bulletin.asks(orders)) {
      boolean isAsked = ask.to().isEmpty() || ask.to().equals(local.node());
      if (isAsked && answered.put(ask.id(), true) == null) {
        attend();
        // Not on the thread that brought the orders, which is a store's own: some answers block.
        execute(() -> answering
            .apply(ask)
            .thenCompose(answer -> bulletin.answer(ask, answer))
            .whenComplete((done, failure) -> {
              if (failure != null) {
                logger.debug("a question was not answered", failure);
              }
            }));
      }
    }
    while (answered.size() > MOST_ANSWERED) {
      answered.remove(answered.keySet().iterator().next());
    }
  }

  private void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RuntimeException busy) {
      logger.debug("no room to answer another node, or to tell of a trial", busy);
    }
  }

  /** What other nodes tell of; their invalidations this node has applied and noted itself. */
  private void adopt(List<NodeView> nodes) {
    for (NodeView node : nodes) {
      if (node.id().equals(local.node())) {
        continue;
      }
      long last = adopted.getOrDefault(node.id(), 0L);
      for (Event event : node.events()) {
        if (event.id() > last) {
          last = event.id();
          if (event.kind() != Event.Kind.INVALIDATION && event.node().equals(node.id())) {
            local.journal().adopt(event);
          }
        }
      }
      adopted.put(node.id(), last);
    }
  }

  @Override
  public void close() {
    scheduler = null;
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
    if (isNode() && bulletin.isThere()) {
      var unused = bulletin.leave(local.node());
    }
  }
}
