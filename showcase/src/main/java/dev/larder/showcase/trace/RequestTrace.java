package dev.larder.showcase.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private int statements;
  private int tierStatements;

  private RequestTrace() {}

  /**
   * What one cache did for the request.
   *
   * @param cache the cache's name
   * @param answer the tier that answered, or {@code load} for a miss that went to the source
   * @param micros how long it took, in microseconds
   */
  public record CacheAnswer(String cache, String answer, long micros) {
    /** The first word of the answer, in lower case: {@code l1}, {@code l2}, {@code database}, {@code load}. */
    public String kind() {
      int end = answer.indexOf(' ');
      return (end < 0 ? answer : answer.substring(0, end)).toLowerCase(java.util.Locale.ROOT);
    }

    /** The time in milliseconds with two places, for people. */
    public String millis() {
      return String.format(java.util.Locale.ROOT, "%.2f", micros / 1_000.0);
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

  /** Writes down an SQL statement sent to the source. */
  void statement() {
    statements++;
  }

  /** Writes down an SQL statement sent by the cache's database tier. */
  void tierStatement() {
    tierStatements++;
  }

  /** Writes down what a cache did. */
  public void answered(String cache, String answer, long micros) {
    answers.add(new CacheAnswer(cache, answer, micros));
  }

  /** SQL statements sent to the source so far. */
  public int statements() {
    return statements;
  }

  /** SQL statements sent by the cache's database tier so far. */
  public int tierStatements() {
    return tierStatements;
  }

  /** What the caches did so far, in order. */
  public List<CacheAnswer> answers() {
    return List.copyOf(answers);
  }

  /** The caches and who answered, for one header line: {@code feed=L1, review-counts=L2}. */
  public String answersLine() {
    return answers.stream()
        .map(answer -> answer.cache() + "=" + answer.answer())
        .collect(Collectors.joining(", "));
  }

  /** Milliseconds since the request began, with two places. */
  public String elapsedMillis() {
    return String.format(java.util.Locale.ROOT, "%.2f", (System.nanoTime() - begunNanos) / 1e6);
  }
}
