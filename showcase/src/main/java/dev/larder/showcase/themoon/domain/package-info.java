/**
 * What TheMoon speaks of, as records; most of them are what caches hold.
 */
@NullMarked
package dev.larder.showcase.themoon.domain;

import org.jspecify.annotations.NullMarked;
