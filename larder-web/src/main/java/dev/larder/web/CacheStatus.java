package dev.larder.web;

/** Members of the {@code Cache-Status} field: RFC 9211. */
final class CacheStatus {

  private CacheStatus() {}

  /** Served from the cache; the ttl left is negative when it is stale. */
  static String hit(String cache, long ttlSeconds) {
    return cache + "; hit; ttl=" + ttlSeconds;
  }

  /** A stale response stands in for a handler that failed. */
  static String standIn(String cache, long ttlSeconds) {
    return cache + "; hit; ttl=" + ttlSeconds + "; detail=\"the handler failed\"";
  }

  /** The handler ran, and its response was stored. */
  static String stored(String cache, String reason, int status, long ttlSeconds) {
    return cache + "; fwd=" + reason + "; fwd-status=" + status + "; stored; ttl=" + ttlSeconds;
  }

  /** Another request's run of the handler answered this one too. */
  static String collapsed(String cache) {
    return cache + "; fwd=miss; collapsed";
  }

  /** The handler ran, and its response was not stored. */
  static String notStored(String cache, String reason, int status, String detail) {
    return cache + "; fwd=" + reason + "; fwd-status=" + status + "; detail=" + quoted(detail);
  }

  /** As {@link #notStored(String, String, int, String)}, before the status is known. */
  static String notStored(String cache, String reason, String detail) {
    return cache + "; fwd=" + reason + "; detail=" + quoted(detail);
  }

  /** The cache was not asked. */
  static String bypass(String cache, String detail) {
    return cache + "; fwd=bypass; detail=" + quoted(detail);
  }

  /** A string of RFC 9651: printable ASCII; what is not becomes a question mark. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        quoted.append(c >= ' ' && c < 0x7f ? c : '?');
      }
    }
    return quoted.append('"').toString();
  }
}
