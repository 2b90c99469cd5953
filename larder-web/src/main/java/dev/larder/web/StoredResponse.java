package dev.larder.web;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is kept. Shared between requests: the body must not be changed.
 *
 * @param status its status
 * @param headers what the handler set, without those of one hop, one visitor or one moment
 * @param body its bytes, as the handler wrote them
 * @param etag the handler's own entity tag, or one made from the bytes; quotes and weakness mark included
 * @param storedAtMillis when it was made, milliseconds since 1970
 * @param ttlMillis how long it is fresh from then on, milliseconds
 * @param ageMillis how old it was when it was made (a handler may pass another cache's response on)
 * @param tags the tags of its entry
 */
public record StoredResponse(
    int status,
    List<StoredHeader> headers,
    byte[] body,
    String etag,
    long storedAtMillis,
    long ttlMillis,
    long ageMillis,
    List<String> tags) {

  private static final long L1_BYTES = 32L * 1024 * 1024;

  /** What an entry weighs beside its body and headers, bytes. */
  private static final int FIXED_WEIGHT = 256;

  /** Copies the lists. */
  public StoredResponse {
    headers = List.copyOf(headers);
    tags = List.copyOf(tags);
  }

  /**
   * A policy for a cache of responses: ttl and tags come from each response, L1 is bounded by bytes
   * (default 32 MiB). Time-outs and early refresh have no place in it, since a handler runs on its
   * request's thread.
   */
  public static CachePolicyBuilder<RequestKey, StoredResponse> policy() {
    return policy(L1_BYTES);
  }

  /** As {@link #policy()}, with so many bytes in L1. */
  public static CachePolicyBuilder<RequestKey, StoredResponse> policy(long l1Bytes) {
    return CachePolicy.of(RequestKey.class, StoredResponse.class)
        .ttlFrom((key, response) -> Duration.ofMillis(response.ttlMillis()))
        .tags((key, response) -> response.tags())
        .jitter(0)
        .l1MaxWeight(l1Bytes, (key, response) -> response.weight());
  }

  /** The first value of a header; null if it has none. */
  @Nullable String header(String name) {
    for (StoredHeader header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  /** How old it is, seconds. */
  long ageSeconds(long nowMillis) {
    return Math.max(0, nowMillis - storedAtMillis + ageMillis) / 1000;
  }

  private int weight() {
    int weight = FIXED_WEIGHT + body.length;
    for (StoredHeader header : headers) {
      weight += header.name().length() + header.value().length();
    }
    return weight;
  }
}
