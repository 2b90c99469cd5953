/**
 * What one request cost: SQL statements, counted at the driver, and which caches answered.
 *
 * <p>{@link dev.larder.showcase.halfnote.trace.RequestTrace} is the account of the request on the
 * current thread; {@link dev.larder.showcase.halfnote.trace.CountedDataSource} and the domain caches
 * write into it; response headers and the foot of each page are read from it.
 */
@NullMarked
package dev.larder.showcase.halfnote.trace;

import org.jspecify.annotations.NullMarked;
