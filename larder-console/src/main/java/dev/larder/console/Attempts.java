package dev.larder.console;

import dev.larder.manage.ManagementException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens by address: after {@value #ALLOWED} within a minute the address is refused for
 * the rest of it, whatever it says. Addresses are as the container gives them, so behind a proxy that it
 * does not trust all visitors are one. Safe for many threads; remembers a bounded number of addresses.
 */
final class Attempts {

  static final int ALLOWED = 5;
  private static final long SPAN_NANOS = 60_000_000_000L;
  private static final int MOST_ADDRESSES = 10_000;

  private record Count(long sinceNanos, int wrong) {}

  private final LongSupplier nanos;
  private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
      return size() > MOST_ADDRESSES;
    }
  };

  Attempts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Lets an address try.
   *
   * @throws Problem 429 if it was wrong too often
   */
  synchronized void check(String address) {
    Count count = counts.get(address);
    if (count == null) {
      return;
    }
    if (nanos.getAsLong() - count.sinceNanos() >= SPAN_NANOS) {
      counts.remove(address);
    } else if (count.wrong() >= ALLOWED) {
      throw new Problem(
          429,
          "Too many wrong tokens",
          ManagementException.Reason.FORBIDDEN,
          "More than " + ALLOWED + " wrong tokens came from this address; try again in a minute");
    }
  }

  synchronized void wrong(String address) {
    long now = nanos.getAsLong();
    Count count = counts.get(address);
    counts.put(
        address,
        count == null || now - count.sinceNanos() >= SPAN_NANOS
            ? new Count(now, 1)
            : new Count(count.sinceNanos(), count.wrong() + 1));
  }
}
