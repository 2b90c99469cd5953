/** From a caller's invalidation to acknowledged records. */
@NullMarked
package dev.larder.internal.invalidation;

import org.jspecify.annotations.NullMarked;
