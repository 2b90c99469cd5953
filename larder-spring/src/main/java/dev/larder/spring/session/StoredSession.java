package dev.larder.spring.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One session as it is stored. Times are milliseconds since 1970 by the clock of the node that wrote
 * them.
 *
 * @param digest of its id; the id itself is nowhere
 * @param sealedId its id, encrypted; null without a secret
 * @param principal digest of the principal's name; null while nobody is logged in
 * @param created when it was created
 * @param lastAccess when it was last used, late by at most {@link SessionTimes#touchStep}
 * @param maxIdle longest time without use; negative: no limit
 * @param attributes by name
 */
record StoredSession(
    String digest,
    byte @Nullable [] sealedId,
    @Nullable String principal,
    long created,
    long lastAccess,
    long maxIdle,
    Map<String, StoredAttribute> attributes) {

  /** Refuses what bytes from a store may lack. */
  StoredSession {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(attributes, "attributes");
  }

  /** When it ends unless it is used; {@link Long#MAX_VALUE} if never. */
  long expiresAt() {
    return maxIdle < 0 ? Long.MAX_VALUE : lastAccess + maxIdle;
  }

  /** What it is after a change; attributes that the change does not name stay. */
  StoredSession with(SessionChange change) {
    Map<String, StoredAttribute> merged = new LinkedHashMap<>(attributes);
    merged.keySet().removeAll(change.removed());
    merged.putAll(change.put());
    SessionChange.NewId next = change.newId();
    SessionChange.NewPrincipal named = change.newPrincipal();
    Long idle = change.maxIdle();
    return new StoredSession(
        next == null ? digest : next.digest(),
        next == null ? sealedId : next.sealedId(),
        named == null ? principal : named.digest(),
        created,
        Math.max(lastAccess, change.lastAccess()),
        idle == null ? maxIdle : idle,
        merged);
  }
}
