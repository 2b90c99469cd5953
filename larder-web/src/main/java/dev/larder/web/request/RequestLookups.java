package dev.larder.web.request;

import dev.larder.CacheTier;
import dev.larder.LookupListener;
import org.jspecify.annotations.Nullable;

/**
 * Writes lookups and loads into the figures of the request that the thread serves. To be given to {@link
 * dev.larder.LarderBuilder#listener}. Costs a hit in L1 the read of a thread-local and one increment.
 */
public final class RequestLookups implements LookupListener {

  /** Keeps nothing itself. */
  public RequestLookups() {}

  @Override
  public void onLookup(String cache, Object key, @Nullable CacheTier tier, boolean isStale) {
    RequestFigures figures = RequestFigures.ofThread();
    if (figures != null) {
      figures.answered(tier, isStale);
    }
  }

  @Override
  public void onLookBelow(String cache, int keys, long nanos) {
    RequestFigures figures = RequestFigures.ofThread();
    if (figures != null) {
      figures.looked(nanos);
    }
  }

  @Override
  public void onLoad(String cache, int keys, long nanos, boolean isLoaded) {
    RequestFigures figures = RequestFigures.ofThread();
    if (figures != null) {
      figures.loaded(nanos);
    }
  }

  @Override
  public Runnable carrying(Runnable task) {
    return RequestFigures.carrying(task);
  }
}
