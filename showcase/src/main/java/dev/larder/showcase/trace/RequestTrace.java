package dev.larder.showcase.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The account of one request, bound to the thread that serves it.
 *
 * <p>What other threads do, a refresh in the background for one, is nobody's request and is not
 * written down. Used by one thread only.
 */
public final class RequestTrace {
  private static final ThreadLocal<@Nullable RequestTrace> CURRENT = new ThreadLocal<>();

  private final long begunNanos = System.nanoTime();
  private final List<CacheAnswer> answers = new ArrayList<>();
  private final Deque<Reading> open = new ArrayDeque<>();
  private final Map<String, Reading> untimed = new LinkedHashMap<>();
  private int statements;
  private @Nullable String position;

  private RequestTrace() {}

  /**
   * What one cache did for the request.
   *
   * @param cache the cache's name
   * @param answer the tier that answered, or {@code load} for a miss that went to the source; for
   *     several keys at once with the number of each, as in {@code L1 ×18, load ×2}
   * @param micros how long it took, in microseconds; 0 if that was not taken
   */
  public record CacheAnswer(String cache, String answer, long micros) {
    /** The first word of the answer in lower case: {@code l1}, {@code l2}, {@code database}, {@code load}. */
    public String kind() {
      int end = answer.indexOf(' ');
      return (end < 0 ? answer : answer.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    /** The time in milliseconds with two places, for people; empty if it was not taken. */
    public String millis() {
      return micros == 0 ? "" : String.format(Locale.ROOT, "%.2f", micros / 1_000.0);
    }
  }

  /** Opens the account of a request on this thread; an older one is dropped. */
  public static RequestTrace begin() {
    RequestTrace trace = new RequestTrace();
    CURRENT.set(trace);
    return trace;
  }

  /** The account of the request on this thread, or empty outside of requests. */
  public static Optional<RequestTrace> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Closes the account of this thread. */
  public static void end() {
    CURRENT.remove();
  }

  /**
   * Asks a cache, and writes down what it did and how long it took. Caches asked meanwhile by its
   * loader are written down apart.
   *
   * @param cache its name
   * @param lookup asks it; {@link #answered} is told who answers
   */
  public static <T extends @Nullable Object> T reading(String cache, Supplier<T> lookup) {
    RequestTrace trace = CURRENT.get();
    if (trace == null) {
      return lookup.get();
    }
    Reading reading = new Reading(cache, System.nanoTime(), new LinkedHashMap<>());
    trace.open.push(reading);
    try {
      return lookup.get();
    } finally {
      trace.open.remove(reading);
      if (!reading.answers.isEmpty()) {
        long micros = (System.nanoTime() - reading.begunNanos) / 1_000;
        trace.answers.add(new CacheAnswer(cache, reading.line(), micros));
      }
    }
  }

  /** Says who answered one key of a cache; a cache that is not {@link #reading} goes without a time. */
  public static void answered(String cache, String answer) {
    RequestTrace trace = CURRENT.get();
    if (trace == null) {
      return;
    }
    Reading reading = trace.open.peek();
    if (reading == null || !reading.cache.equals(cache)) {
      reading =
          trace.untimed.computeIfAbsent(cache, name -> new Reading(name, 0, new LinkedHashMap<>()));
    }
    reading.answers.merge(answer, 1, Integer::sum);
  }

  private record Reading(String cache, long begunNanos, Map<String, Integer> answers) {
    String line() {
      if (answers.size() == 1 && answers.containsValue(1)) {
        return answers.keySet().iterator().next();
      }
      return answers.entrySet().stream()
          .map(answer -> answer.getKey() + " ×" + answer.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /** Writes down an SQL statement sent to the source. */
  void statement() {
    statements++;
  }

  /** SQL statements sent to the source so far. */
  public int statements() {
    return statements;
  }

  /** Writes down where in the log the invalidation of this request stands. */
  public void invalidatedAt(String position) {
    this.position = position;
  }

  /** Where in the log the invalidation of this request stands; empty if there was none. */
  public Optional<String> position() {
    return Optional.ofNullable(position);
  }

  /** What the caches did so far, in order. */
  public List<CacheAnswer> answers() {
    List<CacheAnswer> all = new ArrayList<>(answers);
    untimed.forEach((cache, reading) -> all.add(new CacheAnswer(cache, reading.line(), 0)));
    return all;
  }

  /** The caches and who answered, for one header line: {@code feed=L1; review-counts=L1 x18, load x2}. */
  public String answersLine() {
    return answers().stream()
        .map(answer -> answer.cache() + "=" + answer.answer().replace('×', 'x'))
        .collect(Collectors.joining("; "));
  }

  /** Milliseconds since the request began, with two places. */
  public String elapsedMillis() {
    return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - begunNanos) / 1e6);
  }
}
