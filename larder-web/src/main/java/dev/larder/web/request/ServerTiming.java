package dev.larder.web.request;

import dev.larder.CacheTier;
import java.util.Locale;

/** The {@code Server-Timing} field, as the W3C has it: a name, what it is, and milliseconds. */
final class ServerTiming {

  static final String NAME = "Server-Timing";

  private ServerTiming() {}

  /** {@code cache;desc="L1 3, L2 1, miss 1";dur=4.2, cache-look;dur=0.5, cache-load;dur=3.7}. */
  static String of(RequestFigures figures) {
    long look = figures.lookNanos();
    long load = figures.loadNanos();
    StringBuilder value = new StringBuilder("cache;desc=\"");
    int start = value.length();
    add(value, start, "L1", figures.hits(CacheTier.L1));
    add(value, start, "L2", figures.hits(CacheTier.L2));
    add(value, start, "database", figures.hits(CacheTier.DATABASE));
    add(value, start, "stale", figures.staleHits());
    add(value, start, "miss", figures.misses());
    if (value.length() == start) {
      value.append("not asked");
    }
    value.append("\";dur=").append(millis(look + load));
    if (look > 0) {
      value.append(", cache-look;dur=").append(millis(look));
    }
    if (load > 0) {
      value.append(", cache-load;dur=").append(millis(load));
    }
    return value.toString();
  }

  private static void add(StringBuilder value, int start, String name, int count) {
    if (count > 0) {
      value.append(value.length() == start ? "" : ", ").append(name).append(' ').append(count);
    }
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
  }
}
