/**
 * What Halfnote speaks of, as immutable records: people, albums, reviews, lists and feeds.
 *
 * <p>The records are what the source returns, what the caches hold and what the JSON endpoints
 * answer, so they carry nothing that depends on who asks. Read {@link
 * dev.larder.showcase.halfnote.domain.Feed} first, then {@link
 * dev.larder.showcase.halfnote.domain.Profile}.
 */
@NullMarked
package dev.larder.showcase.halfnote.domain;

import org.jspecify.annotations.NullMarked;
