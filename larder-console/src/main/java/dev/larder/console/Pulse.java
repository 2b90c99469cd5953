package dev.larder.console;

import dev.larder.manage.Event;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Overview;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for an overview once a second, however many watch, and hands it and what happens to those who
 * listen. Two threads of its own: a store that does not answer holds up the overview and not the events.
 * Without a history and with nobody watching it asks for nothing.
 */
final class Pulse implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Pulse.class);
  private static final long PERIOD_MILLIS = 1_000;
  private static final long EVENTS_MILLIS = 100;
  private static final int MOST_PER_BATCH = 50;
  private static final int MOST_WAITING = 5_000;
  private static final int MOST_REPLAYED = 1_000;

  private record Beat(Overview overview, Sample sample, long nanos) {}

  private final Management management;
  private final Masking masking;
  private final History history;
  private final boolean keepsHistory;
  private final int maxStreams;
  private final String instance = HexFormat.of().toHexDigits((short) new SecureRandom().nextInt());
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger places = new AtomicInteger();
  private final ConcurrentLinkedQueue<Event> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final ScheduledExecutorService executor;
  private final Management.Subscription subscription;
  private volatile @Nullable Beat last;

  Pulse(Management management, Masking masking, ConsoleSettings settings) {
    this.management = management;
    this.masking = masking;
    this.history = new History((int) settings.history().toSeconds());
    this.keepsHistory = !settings.history().isZero();
    this.maxStreams = settings.maxStreams();
    this.subscription = management.listen(this::take);
    this.executor = Executors.newScheduledThreadPool(2, task -> {
      Thread thread = new Thread(task, "larder-console");
      thread.setDaemon(true);
      return thread;
    });
    // Neither task throws, so nobody need look at what becomes of them.
    var unusedBeats =
        executor.scheduleAtFixedRate(this::beat, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    var unusedPasses = executor.scheduleWithFixedDelay(
        this::pass, EVENTS_MILLIS, EVENTS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void take(Event event) {
    if (!streams.isEmpty() && waitingCount.incrementAndGet() <= MOST_WAITING) {
      waiting.add(event);
    } else {
      waitingCount.updateAndGet(count -> Math.min(count, MOST_WAITING));
    }
  }

  private void pass() {
    try {
      List<Event> events = new ArrayList<>();
      for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
        events.add(masking.event(event));
      }
      waitingCount.addAndGet(-events.size());
      if (!events.isEmpty()) {
        streams.forEach(stream -> stream.events(events, instance, MOST_PER_BATCH));
      }
    } catch (RuntimeException failure) {
      logger.warn("passing on what happened failed", failure);
    }
  }

  private void beat() {
    if (streams.isEmpty() && !keepsHistory) {
      return;
    }
    try {
      Beat before = last;
      Beat now = ask();
      byte[] whole = null;
      byte[] complete = null;
      byte[] changes = null;
      for (LiveStream stream : streams) {
        if (!stream.wantsChanges()) {
          whole = whole == null
              ? LiveStream.message("overview", null, Json.write(now.overview()))
              : whole;
          stream.overview(whole);
        } else if (before == null || !stream.hasOverview()) {
          complete = complete == null ? delta(Changes.all(now.overview(), now.sample())) : complete;
          stream.overview(complete);
        } else {
          changes = changes == null
              ? delta(Changes.between(before.overview(), now.overview(), now.sample()))
              : changes;
          stream.overview(changes);
        }
      }
    } catch (ManagementException unreachable) {
      byte[] message =
          LiveStream.message("trouble", null, Json.write(Problem.of(unreachable).body()));
      streams.forEach(stream -> stream.send(message));
    } catch (RuntimeException failure) {
      logger.warn("the overview of this second failed", failure);
    }
  }

  private static byte[] delta(Object changes) {
    return LiveStream.message("delta", null, Json.write(changes));
  }

  private Beat ask() {
    Overview overview = masking.overview(management.overview());
    Beat beat = new Beat(overview, history.add(overview), System.nanoTime());
    last = beat;
    return beat;
  }

  /** An overview that is at most a second old. */
  Overview overview() {
    Beat beat = last;
    return beat != null
            && System.nanoTime() - beat.nanos() < TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS)
        ? beat.overview()
        : masking.overview(management.overview());
  }

  List<Sample> history() {
    return history.samples();
  }

  /**
   * Takes a place for one more stream.
   *
   * @throws Problem 503 if there are enough
   */
  void takePlace() {
    if (places.incrementAndGet() > maxStreams) {
      places.decrementAndGet();
      throw Problem.of(
          ManagementException.Reason.UNREACHABLE,
          "All " + maxStreams + " live streams are taken (larder.console.max-streams)");
    }
  }

  /**
   * Where a stream goes on.
   *
   * @param after the id of the last event it had; -1 if it wants nothing of the past
   * @param isOther whether another process gave that id, where it means nothing here
   */
  record Mark(long after, boolean isOther) {}

  /**
   * Reads {@code NUMBER} or {@code NUMBER-INSTANCE}, which is the form of a stream's ids.
   *
   * @throws Problem 400 if it is neither
   */
  Mark mark(@Nullable String text) {
    if (text == null) {
      return new Mark(-1, false);
    }
    int dash = text.indexOf('-');
    long number = Api.number("after", dash < 0 ? text : text.substring(0, dash));
    boolean isOther = dash >= 0 && !text.substring(dash + 1).equals(instance);
    return new Mark(isOther ? 0 : number, isOther);
  }

  /** Adds a stream, for which a place was taken. */
  void add(LiveStream stream, Mark mark) {
    streams.add(stream);
    if (stream.isClosed()) {
      remove(stream);
      return;
    }
    if (mark.isOther()) {
      stream.send(LiveStream.message("reset", null, Json.write(Json.answer("reset", true))));
    }
    List<Event> earlier = List.of();
    try {
      if (mark.after() >= 0) {
        earlier = management.events(mark.after(), MOST_REPLAYED).stream()
            .map(masking::event)
            .toList();
      }
    } catch (ManagementException failure) {
      stream.send(
          LiveStream.message("trouble", null, Json.write(Problem.of(failure).body())));
    }
    stream.replay(earlier, instance);
    Beat beat = last;
    if (beat != null && stream.wantsChanges()) {
      stream.firstOverview(delta(Changes.all(beat.overview(), beat.sample())));
    }
  }

  /** Gives back a place that no stream came to. */
  void leavePlace() {
    places.decrementAndGet();
  }

  void remove(LiveStream stream) {
    if (streams.remove(stream)) {
      leavePlace();
    }
  }

  @Override
  public void close() {
    subscription.close();
    executor.shutdownNow();
    streams.forEach(LiveStream::close);
  }
}
