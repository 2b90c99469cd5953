package dev.larder.showcase.trace;

import dev.larder.CacheTier;
import dev.larder.LookupListener;
import org.jspecify.annotations.Nullable;

/** Writes into the account of the request which tier answered. */
public final class TraceLookups implements LookupListener {
  @Override
  public void onLookup(String cache, Object key, @Nullable CacheTier tier, boolean isStale) {
    String answer = tier == null ? "load" : tier.name();
    RequestTrace.answered(cache, isStale ? answer + " (stale)" : answer);
  }
}
