package dev.larder.spring.graphql;

import dev.larder.CacheScope;
import java.time.Duration;

/**
 * What one field allows of the responses that contain it.
 *
 * @param ttl longest time
 * @param scope widest audience
 */
record ResponseHint(Duration ttl, CacheScope scope) {

  static final String DIRECTIVE = "cachedResponse";

  /** What both allow. */
  ResponseHint and(ResponseHint other) {
    return new ResponseHint(
        ttl.compareTo(other.ttl) <= 0 ? ttl : other.ttl,
        scope.compareTo(other.scope) >= 0 ? scope : other.scope);
  }
}
