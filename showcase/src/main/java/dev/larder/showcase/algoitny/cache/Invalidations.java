package dev.larder.showcase.algoitny.cache;

import dev.larder.Acknowledgement;
import dev.larder.InvalidationBatch;
import dev.larder.Larder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Invalidation by hand: by problem, by user, by pattern; at once, or later with a number under which
 * its end can be seen. Safe for many threads.
 */
@Component
public final class Invalidations {
  private static final int REMEMBERED = 200;

  private final Larder larder;
  private final Map<String, Later> later = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Later> eldest) {
      return size() > REMEMBERED;
    }
  };

  Invalidations(Larder larder) {
    this.larder = larder;
  }

  /**
   * What an invalidation covers, ready to be applied.
   *
   * @param ends words for people: tags and caches
   */
  public record Prepared(InvalidationBatch batch, List<String> ends) {}

  /**
   * An invalidation that was asked for and not waited for.
   *
   * @param state {@code waiting}, {@code done}, or {@code deferred} where no log answered yet
   * @param position where it stands in the log, once it does
   */
  public record Later(
      String id,
      String state,
      List<String> ends,
      Instant asked,
      @Nullable Instant ended,
      @Nullable String position) {}

  /** What a save of the problem ends, and its statistics. */
  public Prepared problem(int id) {
    return tags(List.of(
        Tags.PROBLEM + id,
        Tags.TEST_CASES + id,
        Tags.STATISTICS + id,
        Tags.LISTS,
        Tags.DRAFTS,
        Tags.REGISTERED));
  }

  /** Everything of one user. */
  public Prepared user(int id) {
    return tags(List.of(Tags.STATS + id, Tags.HISTORY + id));
  }

  private Prepared tags(List<String> tags) {
    return new Prepared(larder.batch().tags(tags).because("by hand"), tags);
  }

  /** What a pattern names; empty where that is nothing. See {@link #PATTERNS}. */
  public Optional<Prepared> pattern(String pattern) {
    InvalidationBatch batch = larder.batch().because("by hand: " + pattern);
    List<String> caches = CachePattern.add(batch, larder, pattern);
    return caches.isEmpty() ? Optional.empty() : Optional.of(new Prepared(batch, caches));
  }

  /** The forms of patterns, for people. */
  public static final String PATTERNS = CachePattern.FORMS;

  /** Ends it now; it holds on this node when this returns. */
  public Later now(Prepared prepared) {
    return ended(asked(prepared), prepared.batch().apply());
  }

  /** Ends it soon. */
  public Later later(Prepared prepared) {
    Later asked = asked(prepared);
    remember(asked);
    prepared.batch().applyAsync().whenComplete((done, failure) -> {
      if (done != null) {
        remember(ended(asked, done));
      }
    });
    return asked;
  }

  private static Later asked(Prepared prepared) {
    return new Later(
        UUID.randomUUID().toString(), "waiting", prepared.ends(), Instant.now(), null, null);
  }

  private static Later ended(Later asked, Acknowledgement done) {
    String position = done.position().map(Object::toString).orElse(null);
    return new Later(
        asked.id(),
        position == null ? "deferred" : "done",
        asked.ends(),
        asked.asked(),
        Instant.now(),
        position);
  }

  private void remember(Later one) {
    synchronized (later) {
      later.put(one.id(), one);
    }
  }

  /** One that was asked for, by its number; the last {@value #REMEMBERED} of this process are known. */
  public Optional<Later> find(String id) {
    synchronized (later) {
      return Optional.ofNullable(later.get(id));
    }
  }
}
