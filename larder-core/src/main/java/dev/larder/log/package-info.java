/**
 * The invalidation log: what was invalidated, in which order, and how a store keeps that order.
 *
 * <p>Read {@link dev.larder.log.Position} first, then {@link dev.larder.log.Change} (what a caller
 * asks for), {@link dev.larder.log.LogRecord} (a change that has a position) and
 * {@link dev.larder.log.InvalidationLog} (the contract every store implements).
 */
@NullMarked
package dev.larder.log;

import org.jspecify.annotations.NullMarked;
