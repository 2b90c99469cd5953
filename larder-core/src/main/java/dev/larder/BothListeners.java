package dev.larder;

import org.jspecify.annotations.Nullable;

/** Two listeners in the place of one; the second hears also where the first fails. */
record BothListeners(LookupListener first, LookupListener second) implements LookupListener {

  @Override
  public void onLookup(String cache, Object key, @Nullable CacheTier tier, boolean isStale) {
    try {
      first.onLookup(cache, key, tier, isStale);
    } finally {
      second.onLookup(cache, key, tier, isStale);
    }
  }

  @Override
  public void onLookBelow(String cache, int keys, long nanos) {
    try {
      first.onLookBelow(cache, keys, nanos);
    } finally {
      second.onLookBelow(cache, keys, nanos);
    }
  }

  @Override
  public void onLoad(String cache, int keys, long nanos, boolean isLoaded) {
    try {
      first.onLoad(cache, keys, nanos, isLoaded);
    } finally {
      second.onLoad(cache, keys, nanos, isLoaded);
    }
  }

  @Override
  public Runnable carrying(Runnable task) {
    return second.carrying(first.carrying(task));
  }
}
