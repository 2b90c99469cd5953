/** The JSON codec, bound to the declared type. */
@NullMarked
package dev.larder.json;

import org.jspecify.annotations.NullMarked;
