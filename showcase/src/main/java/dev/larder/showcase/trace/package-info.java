/**
 * What one request cost: SQL statements, counted at the driver, and which caches answered.
 *
 * <p>{@link dev.larder.showcase.trace.RequestTrace} is the account of the request on the
 * current thread; {@link dev.larder.showcase.trace.CountedDataSource} and the domain caches
 * write into it; response headers and the foot of each page are read from it.
 */
@NullMarked
package dev.larder.showcase.trace;

import org.jspecify.annotations.NullMarked;
