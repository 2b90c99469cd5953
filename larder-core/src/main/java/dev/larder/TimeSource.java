package dev.larder;

/**
 * Where Larder takes time from. Time decides only life (TTL, idle time, time-outs), never which of two
 * values is newer. Safe for many threads.
 */
public interface TimeSource {

  /** The machine's clocks. */
  TimeSource SYSTEM = new TimeSource() {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public long millis() {
      return System.currentTimeMillis();
    }
  };

  /** Nanoseconds from an arbitrary origin; never runs backwards. */
  long nanos();

  /** Milliseconds since 1970. */
  long millis();
}
