/** How plans run: {@link dev.larder.internal.warm.Warmings} first. */
@NullMarked
package dev.larder.internal.warm;

import org.jspecify.annotations.NullMarked;
