/**
 * What one request did with caches. {@link dev.larder.web.request.RequestFiguresFilter} opens the {@link
 * dev.larder.web.request.RequestFigures} of each request, {@link dev.larder.web.request.RequestLookups}
 * writes into those of its thread.
 */
@NullMarked
package dev.larder.web.request;

import org.jspecify.annotations.NullMarked;
