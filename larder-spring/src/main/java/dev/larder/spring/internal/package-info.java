/** What the packages of this module share and nobody else should use. */
@NullMarked
package dev.larder.spring.internal;

import org.jspecify.annotations.NullMarked;
