/** The page that leads to the systems. */
@NullMarked
package dev.larder.showcase.front;

import org.jspecify.annotations.NullMarked;
