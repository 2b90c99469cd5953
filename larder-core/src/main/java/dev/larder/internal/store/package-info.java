/** Stores behind a circuit breaker, and the relay between two of them. */
@NullMarked
package dev.larder.internal.store;

import org.jspecify.annotations.NullMarked;
