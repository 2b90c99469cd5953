/** The queries themselves, without a cache. */
@NullMarked
package dev.larder.showcase.simlane.source;

import org.jspecify.annotations.NullMarked;
