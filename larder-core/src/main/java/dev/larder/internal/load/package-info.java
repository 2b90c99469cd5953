/** Loads under way: single flight and lease. */
@NullMarked
package dev.larder.internal.load;

import org.jspecify.annotations.NullMarked;
