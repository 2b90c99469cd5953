package dev.larder.web;

/** How long a response is fresh of whose freshness its handler says nothing. */
public enum Undated {
  /** As long as the rule's ttl: the declaration speaks for the handler. */
  TTL,
  /**
   * A tenth of the time since its {@code Last-Modified}, at most the rule's ttl, and only with a status
   * that may be guessed about or with {@code Cache-Control: public}: RFC 9111, section 4.2.2. Others
   * are not fresh. For handlers that pass on what other servers say.
   */
  HEURISTIC
}
