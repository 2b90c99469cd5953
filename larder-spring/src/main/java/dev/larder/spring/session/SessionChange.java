package dev.larder.spring.session;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one request changed of a session: nothing else is written, so that concurrent requests merge.
 *
 * @param lastAccess the last use that this request knows; the latest of all stays
 * @param maxIdle a new limit in milliseconds; null for the old one
 * @param newPrincipal who is logged in now; null if that did not change
 * @param newId the id's successor; null if it did not change
 * @param put attributes that were set
 * @param removed names of attributes that were removed
 */
record SessionChange(
    long lastAccess,
    @Nullable Long maxIdle,
    @Nullable NewPrincipal newPrincipal,
    @Nullable NewId newId,
    Map<String, StoredAttribute> put,
    Set<String> removed) {

  /**
   * A principal.
   *
   * @param digest of its name; null for nobody
   */
  record NewPrincipal(@Nullable String digest) {}

  /**
   * An id.
   *
   * @param digest of it
   * @param sealedId it, encrypted; null without a secret
   */
  record NewId(String digest, byte @Nullable [] sealedId) {}
}
