/**
 * A multi-tier cache that never lies about freshness.
 *
 * <p>Every entry carries <em>asOf</em>, the position in the invalidation log at which its load
 * began. An entry is valid if and only if no invalidation that covers it stands in the log after
 * asOf.
 */
@NullMarked
package dev.larder;

import org.jspecify.annotations.NullMarked;
