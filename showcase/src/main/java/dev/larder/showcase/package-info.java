/** Applications that run on Larder. */
@NullMarked
package dev.larder.showcase;

import org.jspecify.annotations.NullMarked;
