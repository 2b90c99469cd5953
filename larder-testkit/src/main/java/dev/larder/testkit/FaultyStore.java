package dev.larder.testkit;

import dev.larder.TierUnavailableException;
import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.tier.Board;
import dev.larder.tier.Finding;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in front of another, whose calls a test lets fail, stops and counts.
 *
 * <pre>{@code
 * FaultyStore faulty = new FaultyStore(MemoryStore.create());
 * Stall fill = faulty.on(Call.TIER_FILL).stall();
 * CompletableFuture<Album> read = supplyAsync(() -> albums.get(42L, loader));
 * fill.awaitHeld();              // loaded, and about to be stored
 * albums.invalidate(42L);
 * fill.release();                // the late fill goes on, and must be refused
 * }</pre>
 *
 * <p>A call meets at most one fault: the one that was set first of those it fits. Safe for use by
 * many threads.
 */
public final class FaultyStore implements Store {

  private static final int PAGE = 10_000;

  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final Map<Call, AtomicLong> counts = new EnumMap<>(Call.class);
  private final Map<Long, CompletableFuture<?>> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong callIds = new AtomicLong();
  private final Tier tier = new FaultyTier(this);
  private final InvalidationLog log;
  private final @Nullable Board board;
  private volatile Store store;

  /** A store that does what the given one does, until it is told otherwise. It closes it too. */
  public FaultyStore(Store store) {
    this.store = store;
    log = store.log() instanceof OriginLog ? new FaultyOriginLog(this) : new FaultyLog(this);
    board = store.board() == null ? null : new FaultyBoard(this);
    for (Call call : Call.values()) {
      counts.put(call, new AtomicLong());
    }
  }

  /** Begins a fault of the given calls. */
  public FaultBuilder on(Call... calls) {
    return new FaultBuilder(EnumSet.copyOf(List.of(calls)));
  }

  /** Begins a fault of all calls. */
  public FaultBuilder onAll() {
    return new FaultBuilder(EnumSet.allOf(Call.class));
  }

  /**
   * Takes the server down: all calls fail, those that wait for an answer included (they may have had
   * their effect).
   */
  public void down() {
    onAll().fail();
    failUnanswered();
  }

  /** Ends all faults. Calls that stand still go on. */
  public void heal() {
    for (Fault fault : List.copyOf(faults)) {
      faults.remove(fault);
      fault.stall.release();
    }
  }

  /** How often a call was made, also if it met a fault. */
  public long calls(Call call) {
    return count(call).get();
  }

  /** How many calls were made, but for {@link Call#LOG_AWAIT} and {@link Call#LOG_TAIL}. */
  public long calls() {
    return counts.keySet().stream()
        .filter(call -> call != Call.LOG_AWAIT && call != Call.LOG_TAIL)
        .mapToLong(this::calls)
        .sum();
  }

  /** Counts from 0 again. */
  public void resetCalls() {
    counts.values().forEach(count -> count.set(0));
  }

  /**
   * Goes on with another store, as after a restart without data. Calls that wait for an answer fail.
   * The old store is left as it is, and open.
   */
  public void replaceWith(Store other) {
    store = other;
    failUnanswered();
  }

  /**
   * Goes on with a replica that lacks the newest records, as after a fail-over.
   *
   * @param replica a store of the same name with an empty log; it gets all but the newest records
   *     and their markers, at the same positions. Slots are not copied
   * @param lostRecords how many of the newest records it lacks
   */
  public void failOver(Store replica, int lostRecords) {
    List<LogRecord> records = new ArrayList<>();
    List<LogRecord> page;
    do {
      Position last = records.isEmpty() ? null : records.get(records.size() - 1).position();
      page = now(store.log().read(last, PAGE));
      records.addAll(page);
    } while (page.size() == PAGE);
    Tail tail = new Tail(null, 0, 0);
    for (LogRecord record : records.subList(0, Math.max(0, records.size() - lostRecords))) {
      if (record.opensEpoch()) {
        long epoch = record.position().epoch();
        tail = now(replica.log().openEpoch(tail.position(), tail.nonce(), epoch, record.nonce()));
      } else {
        LogRecord copy = now(replica.log().append(record.change(), Duration.ofDays(1)));
        tail = new Tail(copy.position(), copy.nonce(), 0);
      }
    }
    replaceWith(replica);
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public InvalidationLog log() {
    return log;
  }

  @Override
  public @Nullable Board board() {
    return board;
  }

  @Override
  public CompletionStage<LogRecord> invalidate(Change change, Duration markerLife) {
    try {
      boolean byDefault = store
          .getClass()
          .getMethod("invalidate", Change.class, Duration.class)
          .getDeclaringClass()
          .equals(Store.class);
      return byDefault
          ? Store.super.invalidate(change, markerLife)
          : call(Call.STORE_INVALIDATE, change.keys(), real -> real.invalidate(change, markerLife));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public CompletionStage<List<Finding>> checkup() {
    return call(Call.STORE_CHECKUP, List.of(), Store::checkup);
  }

  @Override
  public void close() {
    store.close();
  }

  String logName() {
    return store.log().name();
  }

  /** Makes a call, or what a fault makes of it. */
  <T> CompletionStage<T> call(
      Call call, Collection<String> names, Function<Store, CompletionStage<T>> real) {
    count(call).incrementAndGet();
    CompletableFuture<T> answer = new CompletableFuture<>();
    long id = callIds.incrementAndGet();
    unanswered.put(id, answer);
    var unused = answer.whenComplete((value, failure) -> unanswered.remove(id));
    for (Fault fault : faults) {
      if (fault.fits(call, names)) {
        fault.meet(answer, () -> real.apply(store));
        return answer;
      }
    }
    pass(real.apply(store), answer);
    return answer;
  }

  private void failUnanswered() {
    RuntimeException failure = new TierUnavailableException("the connection was lost");
    unanswered.values().forEach(answer -> answer.completeExceptionally(failure));
  }

  private AtomicLong count(Call call) {
    AtomicLong count = counts.get(call);
    if (count == null) {
      throw new AssertionError(call);
    }
    return count;
  }

  private static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
    var unused = from.whenComplete((value, failure) -> {
      if (failure == null) {
        to.complete(value);
      } else {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        to.completeExceptionally(wrapped ? failure.getCause() : failure);
      }
    });
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private enum Outcome {
    FAIL,
    DROP,
    STALL
  }

  /** One fault that was set. */
  private static final class Fault {
    private final Set<Call> calls;
    private final Set<String> names;
    private final AtomicInteger left;
    private final boolean happens;
    private final Outcome outcome;
    private final Stall stall;

    Fault(FaultBuilder builder, boolean happens, Outcome outcome, Consumer<Fault> ended) {
      calls = builder.calls;
      names = Set.copyOf(builder.names);
      left = new AtomicInteger(builder.times);
      stall = new Stall(() -> ended.accept(this));
      this.happens = happens;
      this.outcome = outcome;
    }

    boolean fits(Call call, Collection<String> named) {
      return calls.contains(call)
          && (names.isEmpty() || named.stream().anyMatch(names::contains))
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    <T> void meet(CompletableFuture<T> answer, Supplier<CompletionStage<T>> real) {
      RuntimeException failure = new TierUnavailableException("failed by the test");
      CompletionStage<T> done = happens ? real.get() : null;
      switch (outcome) {
        case STALL ->
          stall.hold(failed -> {
            if (failed == null) {
              pass(done == null ? real.get() : done, answer);
            } else {
              answer.completeExceptionally(failed);
            }
          });
        case FAIL -> {
          // Not before it has happened: whoever sees the failure may look.
          CompletionStage<?> before = done == null ? CompletableFuture.completedStage(null) : done;
          var unused =
              before.whenComplete((value, failed) -> answer.completeExceptionally(failure));
        }
        case DROP -> {
          // Never answered.
        }
        default -> throw new AssertionError(outcome);
      }
    }
  }

  /** Collects what a fault is. It is set by its last method. */
  public final class FaultBuilder {

    private final Set<Call> calls;
    private final Set<String> names = new HashSet<>();
    private int times = Integer.MAX_VALUE;

    private FaultBuilder(Set<Call> calls) {
      this.calls = calls;
    }

    /** Only calls that name this slot key or marker. */
    public FaultBuilder naming(String key) {
      names.add(key);
      return this;
    }

    /** Only the next so many calls. Default: all, until {@link FaultyStore#heal}. */
    public FaultBuilder times(int times) {
      this.times = times;
      return this;
    }

    /** They fail, and nothing happens. */
    public void fail() {
      set(false, Outcome.FAIL);
    }

    /** They happen, and yet their answer is a failure. */
    public void failAfter() {
      set(true, Outcome.FAIL);
    }

    /** They never happen and are never answered. */
    public void drop() {
      set(false, Outcome.DROP);
    }

    /** They happen and are never answered. */
    public void dropAnswer() {
      set(true, Outcome.DROP);
    }

    /** They stand still before they happen. */
    public Stall stall() {
      return set(false, Outcome.STALL);
    }

    /** They happen, and their answers stand still. */
    public Stall stallAnswer() {
      return set(true, Outcome.STALL);
    }

    private Stall set(boolean happens, Outcome outcome) {
      Fault fault = new Fault(this, happens, outcome, faults::remove);
      faults.add(fault);
      return fault.stall;
    }
  }
}
