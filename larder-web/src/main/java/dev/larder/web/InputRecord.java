package dev.larder.web;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a handler read of its request that the key does not hold. A response that depends on such an
 * input is not stored. Safe for many threads.
 */
public final class InputRecord {

  /** The request attribute under which a fill's record is found while the handler runs. */
  public static final String ATTRIBUTE = "dev.larder.web.inputs";

  private final Set<String> unkeyed = Collections.synchronizedSet(new LinkedHashSet<>());

  private volatile boolean isEnded;
  private volatile @Nullable Thread quiet;

  /** Notes an input, as {@code header X-Forwarded-Host}. */
  public void read(String input) {
    if (!isEnded && !Thread.currentThread().equals(quiet)) {
      unkeyed.add(input);
    }
  }

  /**
   * Reads an input that has been judged, without noting what is read to find it out: a framework may
   * answer who asks from its own security context.
   */
  <T extends @Nullable Object> T judged(Supplier<T> reading) {
    Thread before = quiet;
    quiet = Thread.currentThread();
    try {
      return reading.get();
    } finally {
      quiet = before;
    }
  }

  /** The response is complete: what a framework reads from now on, for its own log, is not noted. */
  public void end() {
    isEnded = true;
  }

  /**
   * Takes an input back that a framework reads for every request, whoever handles it, before the
   * handler is called.
   */
  public void forget(String input) {
    unkeyed.remove(input);
  }

  /** What was read, in that order. */
  public List<String> unkeyed() {
    synchronized (unkeyed) {
      return List.copyOf(unkeyed);
    }
  }
}
