package dev.larder.internal.advise;

import dev.larder.CacheTier;
import dev.larder.TimeSource;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.node.Node;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cache as it ought to be, exact and slow: what it does is told to a sampler, and is what replays are held to. */
final class Model implements Totals {

  final Clock clock;
  final Node node = new Node(List.of(), 100, 100);
  final Sampler sampler;
  private final long ttlMillis;
  private final long size;
  private final Map<Long, Long> loadedAt = new HashMap<>();
  private final LinkedHashMap<Long, Boolean> recent = new LinkedHashMap<>(16, 0.75f, true);
  private long countFrom;
  private long counted;
  private long hits;
  private long reads;
  private long answered;

  /** Time that a test moves. */
  static final class Clock implements TimeSource {
    private long millis;

    void advance(long more) {
      millis += more;
    }

    @Override
    public long nanos() {
      return Long.MAX_VALUE - 1_000_000_000L + millis * 1_000_000;
    }

    @Override
    public long millis() {
      return millis;
    }
  }

  /** @param size entries in L1, of which the one read longest ago goes; 0 for no limit */
  Model(Clock clock, long ttlMillis, long size) {
    this.clock = clock;
    this.ttlMillis = ttlMillis;
    this.size = size;
    this.sampler = new Sampler(clock, node, Duration.ofMillis(ttlMillis), this);
  }

  Terms terms() {
    return new Terms(ttlMillis, 0, 0, 0, 0, 0, size, false);
  }

  void read(long key) {
    reads++;
    Long since = loadedAt.get(key);
    boolean isHit = since != null
        && clock.millis() - since < ttlMillis
        && (size == 0 || recent.containsKey(key));
    answered += isHit ? 1 : 0;
    if (clock.millis() >= countFrom) {
      counted++;
      hits += isHit ? 1 : 0;
    }
    sampler.read(key, isHit ? CacheTier.L1 : null, clock.nanos());
    recent.put(key, true);
    if (size > 0 && recent.size() > size) {
      recent.remove(recent.keySet().iterator().next());
    }
    if (!isHit) {
      loadedAt.put(key, clock.millis());
      sampler.stored(entry(key, "v"), false, true, 0);
    }
  }

  @Override
  public long lookups() {
    return reads;
  }

  @Override
  public long hits() {
    return answered;
  }

  @Override
  public long l1Hits() {
    return answered;
  }

  double hitRate() {
    return (double) hits / counted;
  }

  /** The same cache with other terms, whose hits count from the moment from which a trace tells. */
  static Model after(Trace trace, long ttlMillis, long size) {
    Model other = new Model(new Clock(), ttlMillis, size);
    other.countFrom = Ticks.toMillis(trace.from());
    return other;
  }

  L1Entry<Long, String> entry(long key, String value) {
    return entry(key, Sealed.Kind.VALUE, value);
  }

  L1Entry<Long, String> entry(long key, Sealed.Kind kind, @Nullable String value) {
    long now = clock.nanos();
    long end = now + ttlMillis * 1_000_000;
    return new L1Entry<>(
        key,
        "app:album:v1:" + key,
        kind,
        value,
        node.marks(List.of(Target.ALL, Target.tag("album"))),
        node.sequence(),
        node.sequence(),
        new L1Entry.Life(now, now, end, end, end, end, end, 0, 0));
  }

  Trace trace() {
    return sampler.trace(key -> false);
  }
}
