package dev.larder.internal.store;

import dev.larder.CacheTier;
import dev.larder.TierUnavailableException;
import dev.larder.TimeSource;
import dev.larder.internal.node.Follower;
import dev.larder.internal.node.Mark;
import dev.larder.internal.node.Node;
import dev.larder.log.Target;
import dev.larder.stats.TierStats;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is skipped while it fails.
 *
 * <p>Each call has a time-out and counts in a circuit breaker. A store that was skipped is admitted
 * again only when its log was proved current and, where another log is the origin of all
 * invalidations, that one was proved current <em>after</em> this store answered again: only then does
 * this node know every invalidation that happened meanwhile, and refuses what they cover.
 */
public final class GuardedStore implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.tier");

  private final int index;
  private final CacheTier place;
  private final Store store;
  private final Node node;
  private final Follower follower;
  private final TimeSource time;
  private final Duration timeout;
  private final CircuitBreaker breaker;
  private final Failures failures;
  private final OutageWatch outages = new OutageWatch();
  private final LongAdder calls = new LongAdder();
  private volatile @Nullable GuardedStore origin;
  private volatile boolean isSuspended = true;
  private volatile long suspendedAt;
  private volatile boolean answersAgain;
  private volatile long answersSince;

  /** The node's ticker for the circuit, which would go by the wall clock, and that may jump. */
  private static final class Ticks extends Clock {
    private final TimeSource time;
    private final long startNanos;

    Ticks(TimeSource time) {
      this.time = time;
      startNanos = time.nanos();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(time.nanos() - startNanos);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /**
   * @param index the log's place in the node
   * @param timeout longest wait for one call
   */
  public GuardedStore(
      int index,
      CacheTier place,
      Store store,
      Node node,
      Follower follower,
      TimeSource time,
      Duration timeout) {
    this.index = index;
    this.place = place;
    this.store = store;
    this.node = node;
    this.follower = follower;
    this.time = time;
    this.timeout = timeout;
    this.suspendedAt = time.nanos();
    this.failures = new Failures(store.name(), time);
    this.breaker = CircuitBreaker.of(
        store.name(),
        CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(20)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .slowCallDurationThreshold(timeout)
            .slowCallRateThreshold(80)
            .waitDurationInOpenState(Duration.ofMillis(500))
            .permittedNumberOfCallsInHalfOpenState(3)
            .clock(new Ticks(time))
            .build());
    breaker.getEventPublisher().onStateTransition(event -> {
      logger.warn("{} is {}", store.name(), event.getStateTransition().getToState());
      if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
        suspend();
      }
    });
  }

  /** The log that every invalidation reaches first, when it is not this store's own. */
  public void setOrigin(GuardedStore origin) {
    this.origin = origin;
  }

  private void suspend() {
    suspendedAt = time.nanos();
    answersAgain = false;
    isSuspended = true;
  }

  /**
   * Looks after a store that is being skipped, so that it takes part again without waiting for a
   * caller who would have to try it.
   */
  public void probe() {
    if (!isDegraded() || follower.isFailing()) {
      return;
    }
    if (breaker.getState() != CircuitBreaker.State.CLOSED) {
      // Not waited for: the circuit counts it.
      var unused = call(() -> store.log().tail());
    }
    isUsable();
  }

  /**
   * Whether entries of this store may be read and filled now: its log is known, nothing was missed,
   * and the circuit lets calls through.
   */
  public boolean isUsable() {
    if (node.mustRenew(index) || !node.isRead(index)) {
      return false;
    }
    if (isSuspended && !readmit()) {
      return false;
    }
    return true;
  }

  private boolean readmit() {
    long now = time.nanos();
    if (follower.isFailing()
        || !follower.isConfirmed(now, Long.MAX_VALUE)
        || follower.confirmedAt() - suspendedAt < 0) {
      answersAgain = false;
      return false;
    }
    GuardedStore first = origin;
    if (!answersAgain) {
      answersSince = follower.confirmedAt();
      answersAgain = true;
      if (first != null && first.follower.confirmedAt() - answersSince < 0) {
        // Not waited for: a later call finds whether it proved the origin's tail.
        var unused = first.follower.catchUp();
      }
    }
    if (first != null
        && (!first.follower.isConfirmed(now, Long.MAX_VALUE)
            || first.follower.confirmedAt() - answersSince < 0)) {
      return false;
    }
    isSuspended = false;
    logger.info("{} takes part", store.name());
    return true;
  }

  /** Runs a call against the tier, with time-out and circuit. The stage is this caller's own. */
  public <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> operation) {
    return call(operation, timeout);
  }

  /** As {@link #call(Supplier)} with a time-out of its own. */
  public <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> operation, Duration limit) {
    return call(operation, limit, late -> {});
  }

  /**
   * As {@link #call(Supplier)} for what has to be undone when its caller has given up.
   *
   * @param late gets an answer that came after the time-out
   */
  public <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> operation, Consumer<T> late) {
    return call(operation, timeout, late);
  }

  private <T> CompletableFuture<T> call(
      Supplier<CompletionStage<T>> operation, Duration limit, Consumer<T> late) {
    calls.increment();
    if (!breaker.tryAcquirePermission()) {
      failures.skip();
      return CompletableFuture.failedFuture(
          new TierUnavailableException(store.name() + " is being skipped, its circuit is open"));
    }
    long start = System.nanoTime();
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      operation.get().whenComplete((value, failure) -> {
        if (failure == null) {
          if (!result.complete(value)) {
            late.accept(value);
          }
        } else {
          result.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException failure) {
      result.completeExceptionally(failure);
    }
    if (!result.isDone()) {
      Deadlines.set(result, limit);
    }
    return result.whenComplete((value, failure) -> {
      long took = System.nanoTime() - start;
      Throwable cause = failure == null ? null : cause(failure);
      if (cause == null || !isOutage(cause)) {
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      } else {
        failures.add(cause);
        breaker.onError(took, TimeUnit.NANOSECONDS, failure);
      }
    });
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static boolean isOutage(Throwable cause) {
    return cause instanceof TimeoutException
        || !(cause instanceof dev.larder.log.LogLostException
            || cause instanceof IllegalArgumentException);
  }

  /** What this node knows of a target since a place in the store's log, without asking for its marker. */
  public Mark.Verdict judge(Target target, long asOf) {
    return node.marks(List.of(target))[0].judge(index, asOf);
  }

  /** Index of the log in the node. */
  public int index() {
    return index;
  }

  /** Which tier of the caches this is. */
  public CacheTier place() {
    return place;
  }

  /** The store. */
  public Store store() {
    return store;
  }

  /** Its tier. */
  public Tier tier() {
    return store.tier();
  }

  /** What keeps the node current with its log. */
  public Follower follower() {
    return follower;
  }

  /** Whether calls are being skipped. */
  public boolean isDegraded() {
    return isSuspended || breaker.getState() != CircuitBreaker.State.CLOSED;
  }

  /** Whether the store does not answer at all, as far as this node can tell. */
  public boolean isDown() {
    return follower.isFailing() || breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /**
   * State of the circuit, for people. Nobody may call a store that is gone for a long time, and then
   * nothing opens its circuit; what follows its log has noticed all the same.
   */
  private String circuit() {
    if (follower.isFailing() && breaker.getState() == CircuitBreaker.State.CLOSED) {
      return "no-answer";
    }
    return breaker.getState().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** How it is doing now. */
  public TierStats stats() {
    long now = time.nanos();
    String circuit = circuit();
    boolean isDegraded = isDegraded() || isDown();
    boolean isConfirmed = follower.isConfirmed(now, TimeUnit.SECONDS.toNanos(1));
    return new TierStats(
        place,
        store.name(),
        store.address(),
        isDegraded,
        circuit,
        isConfirmed,
        Duration.ofNanos(Math.max(0, now - follower.confirmedAt())),
        calls.sum(),
        failures.all(),
        failures.timeouts(),
        failures.skipped(),
        failures.lastAgo(),
        follower.lostAgo(),
        outages.look(
            !circuit.equals("closed"),
            isDegraded,
            isConfirmed ? now : follower.confirmedAt(),
            now));
  }

  /** The store's clock now, milliseconds since 1970. */
  public long storeMillis() {
    return follower.storeMillis();
  }

  @Override
  public void close() {
    follower.close();
    store.close();
  }
}
