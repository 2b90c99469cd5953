/** The tier inside the process. */
@NullMarked
package dev.larder.internal.l1;

import org.jspecify.annotations.NullMarked;
