package dev.larder.internal.warm;

import dev.larder.Lookup;
import dev.larder.manage.WarmUp;
import dev.larder.warm.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guesses what one cache will be asked for, on this node. A lookup that finds it busy is not learnt
 * from; guesses are loaded on the executor.
 */
final class Predictor<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");

  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long BEFORE_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Prediction<K, V> plan;
  private final WarmContext context;
  private final Pace pace;
  private final long startedMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private final Successors<K> successors = new Successors<>();
  private final DayPattern<K> day = new DayPattern<>();
  private final Guesses<K> guesses;
  private final AtomicLong loaded = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private long guessedHour = -1;
  private volatile boolean isPaused;
  private volatile boolean wasPaying = true;

  Predictor(Prediction<K, V> plan, WarmContext context) {
    this.plan = plan;
    this.context = context;
    this.pace = new Pace(plan.perSecond());
    this.guesses = new Guesses<>(plan.leastPrecision());
    this.startedMillis = context.time().millis();
    if (plan.usesHours()) {
      tickLater();
    }
  }

  String name() {
    return "predict-" + plan.cache().name();
  }

  /** A lookup of the cache, on the thread that asked. */
  private void asked(K key) {
    Object actor = actor();
    if (!lock.tryLock()) {
      return;
    }
    K likely = null;
    long now = context.time().nanos();
    try {
      guesses.asked(key, now);
      if (plan.usesHours()) {
        day.note(key, context.time().millis());
      }
      if (actor != null) {
        likely = successors.after(actor, key);
      }
    } finally {
      lock.unlock();
    }
    if (likely != null) {
      guess(likely, plan.window().toNanos());
    }
  }

  private @Nullable Object actor() {
    try {
      return plan.currentActor();
    } catch (RuntimeException failure) {
      logger.debug("{}: who asks could not be found out", name(), failure);
      return null;
    }
  }

  private void tickLater() {
    try {
      var unused = context.scheduler().schedule(this::tick, MINUTE_NANOS, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      logger.debug("{}: the larder is closed", name());
    }
  }

  /** A little before an hour ends, guesses what was asked for in the next, a day ago. */
  private void tick() {
    tickLater();
    long millis = context.time().millis();
    long hour = millis / HOUR_MILLIS;
    List<K> likely = List.of();
    lock.lock();
    try {
      if (guessedHour != hour && millis % HOUR_MILLIS >= HOUR_MILLIS - BEFORE_MILLIS) {
        guessedHour = hour;
        likely = day.nextHour(millis);
      }
    } finally {
      lock.unlock();
    }
    List<K> rest = new ArrayList<>(likely);
    hourly(rest);
  }

  /** Guesses one after another, as the pace allows. */
  private void hourly(List<K> rest) {
    while (!rest.isEmpty()) {
      long wait = pace.take(1, context.time().nanos());
      if (wait > 0) {
        try {
          var unused = context.scheduler().schedule(() -> hourly(rest), wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
          rest.clear();
        }
        return;
      }
      begin(rest.remove(0), TimeUnit.MILLISECONDS.toNanos(HOUR_MILLIS + BEFORE_MILLIS));
    }
  }

  /** Guesses now or not at all: a successor that comes late is of no use. */
  private void guess(K key, long window) {
    if (!isPaused && pace.take(1, context.time().nanos()) == 0) {
      begin(key, window);
    }
  }

  /** Makes a guess that the pace has given the right for. */
  private void begin(K key, long window) {
    if (isPaused) {
      ended();
      return;
    }
    try {
      context.executor().execute(() -> carryOut(key, window));
    } catch (RejectedExecutionException busy) {
      logger.debug("{}: no room for a guess", name(), busy);
      ended();
    }
  }

  private void ended() {
    pace.ended(1, context.time().nanos());
  }

  private void carryOut(K key, long window) {
    try {
      // Neither counted nor heard of, so a guess does not make itself come true.
      Lookup<V> found = plan.cache().peek(key);
      boolean isStale = found instanceof Lookup.Hit<V> hit && hit.isStale();
      if (found.isAnswered() && !isStale) {
        return;
      }
      if (mayLoad(key, window)) {
        plan.cache().refresh(key, plan.loader());
        loaded.incrementAndGet();
      }
    } catch (Exception failure) {
      failed.incrementAndGet();
      logger.debug("{}: a guess could not be loaded", name(), failure);
    } finally {
      ended();
    }
  }

  private boolean mayLoad(K key, long window) {
    boolean isNew;
    boolean pays;
    lock.lock();
    try {
      isNew = guesses.guess(key, context.time().nanos(), window);
      pays = guesses.pays();
    } finally {
      lock.unlock();
    }
    if (pays != wasPaying) {
      wasPaying = pays;
      String news = pays
          ? "enough guesses come true again; they are loaded"
          : "too few guesses come true; they are judged, and nothing is loaded for them";
      logger.info("{}: {}", name(), news);
      context.news().heard(plan.cache().name(), name(), news, 0, 0);
    }
    return isNew && pays;
  }

  boolean pause(boolean pause) {
    boolean isChanged = isPaused != pause;
    isPaused = pause;
    return isChanged;
  }

  /** Its figures, in the form of a run: guesses, those that came true, loads that failed. */
  WarmUp status() {
    long made;
    long right;
    double precision;
    boolean pays;
    lock.lock();
    try {
      made = guesses.made();
      right = guesses.cameTrue();
      precision = guesses.precision();
      pays = guesses.pays();
    } finally {
      lock.unlock();
    }
    // Rounded down: what is just too few must not look like enough.
    String judged =
        precision < 0 ? "none judged yet" : (int) (100 * precision) + " % of the last came true";
    long took = Math.max(1, context.time().millis() - startedMillis);
    return new WarmUp(
        name(),
        "guesses; " + judged + (pays ? "" : ", too few to load"),
        isPaused || !pays ? WarmUp.State.PAUSED : WarmUp.State.RUNNING,
        context.nodeId(),
        made,
        right,
        0,
        failed.get(),
        loaded.get() * 1_000.0 / took,
        startedMillis,
        0,
        List.of(),
        new WarmUp.Limits(0, plan.perSecond(), 0),
        false);
  }

  /** The listener of a cache's lookups; it hears only keys of that cache. */
  @SuppressWarnings("unchecked")
  void askedAny(Object key) {
    asked((K) key);
  }
}
