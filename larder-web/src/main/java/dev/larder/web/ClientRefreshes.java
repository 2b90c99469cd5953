package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalLong;

/**
 * Refreshes that clients ask for by {@code Cache-Control: no-cache}: a bucket of tokens. By default it
 * is empty for ever, or anybody could turn the cache off. Safe for many threads.
 */
final class ClientRefreshes {

  private final WebCacheOptions options;
  private final double perSecond;
  private final double most;
  private double tokens;
  private long filledAt;

  ClientRefreshes(WebCacheOptions options) {
    this.options = options;
    this.perSecond = options.clientRefreshesPerSecond();
    this.most = perSecond == 0 ? 0 : Math.max(1, perSecond);
    this.tokens = most;
    this.filledAt = options.time().nanos();
  }

  /** Whether the request asks for a refresh and may have it. */
  boolean isGranted(HttpServletRequest request, CacheControl wish) {
    if (perSecond == 0 || request.getMethod().equals("HEAD")) {
      return false;
    }
    return (wish.has("no-cache") || wish.seconds("max-age").equals(OptionalLong.of(0))) && take();
  }

  private synchronized boolean take() {
    long now = options.time().nanos();
    tokens = Math.min(most, tokens + (now - filledAt) / 1e9 * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
