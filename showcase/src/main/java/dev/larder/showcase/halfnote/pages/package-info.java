/**
 * Halfnote for people: plain pages under {@code /halfnote} that work without scripts.
 *
 * <p>Each page ends with what it cost: which caches answered, from which tier and how fast, and how
 * many SQL statements were sent. {@link dev.larder.showcase.halfnote.pages.Frame} fills what all
 * pages share. Forms post, act and send the browser on to the page that shows the result.
 */
@NullMarked
package dev.larder.showcase.halfnote.pages;

import org.jspecify.annotations.NullMarked;
