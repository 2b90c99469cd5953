package dev.larder.web;

/** Who may be answered by one stored response. */
public enum Scope {
  /**
   * Visitors who are not logged in. Requests with a principal or an {@code Authorization} header go to
   * the handler. The default.
   */
  ANONYMOUS,
  /** Everybody, logged in or not. The handler must not ask who it is. */
  PUBLIC,
  /** One user, who is part of the key. Anonymous requests go to the handler. Sent as private. */
  USER,
  /** All who have the same of the declared roles, which are part of the key. Sent as private. */
  ROLES
}
