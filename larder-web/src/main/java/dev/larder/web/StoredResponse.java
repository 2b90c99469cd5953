package dev.larder.web;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.StaleTimes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is kept. Shared between requests: the body must not be changed.
 *
 * @param status its status
 * @param headers what the handler set, without those of one hop, one visitor or one moment; its own
 *     words on freshness and its own entity tag are among them
 * @param body its bytes, as the handler wrote them
 * @param etag the handler's own entity tag, or one made from the bytes; quotes and weakness mark included
 * @param storedAtMillis when it was made, milliseconds since 1970
 * @param ttlMillis how long it is fresh from then on, milliseconds; 0 if the handler has to be asked
 *     before each use
 * @param ageMillis how old it was when it was made (a handler may pass another cache's response on)
 * @param stale what the handler allows once it is stale
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
    StaleTimes stale,
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
   * A policy for a cache of responses: ttl, tags and limits on stale use come from each response, L1
   * is bounded by bytes (default 32 MiB). Time-outs and early refresh have no place in it, since a
   * handler runs on its request's thread.
   */
  public static CachePolicyBuilder<RequestKey, StoredResponse> policy() {
    return policy(L1_BYTES);
  }

  /** As {@link #policy()}, with so many bytes in L1. */
  public static CachePolicyBuilder<RequestKey, StoredResponse> policy(long l1Bytes) {
    return CachePolicy.of(RequestKey.class, StoredResponse.class)
        .ttlFrom((key, response) -> Duration.ofMillis(response.ttlMillis()))
        .staleFrom((key, response) -> response.stale())
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

  /** Whether a 304 speaks of this response: RFC 9111, section 4.3.4. */
  boolean isConfirmedBy(CapturedHead said) {
    List<String> tags = said.values("ETag");
    if (!tags.isEmpty()) {
      return header("ETag") != null && opaque(tags.get(0)).equals(opaque(etag));
    }
    List<String> dates = said.values("Last-Modified");
    String modified = header("Last-Modified");
    return dates.isEmpty() || modified == null || dates.get(0).equals(modified);
  }

  /** An entity tag for weak comparison: without the mark of weakness. */
  static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
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
