/**
 * Halfnote: people review albums, follow each other and read what their friends did.
 *
 * <p>From the source to the browser: {@code data} invents the rows, {@code source} reads them,
 * {@code cache} keeps what was read, {@code action} changes it and says so, {@code web} and {@code
 * pages} show it to programs and to people. {@link
 * dev.larder.showcase.halfnote.HalfnoteConfiguration} puts them together.
 */
@NullMarked
package dev.larder.showcase.halfnote;

import org.jspecify.annotations.NullMarked;
