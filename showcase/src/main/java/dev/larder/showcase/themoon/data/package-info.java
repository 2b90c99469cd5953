/**
 * The data set that TheMoon shows: invented by a seeded generator, loaded once.
 */
@NullMarked
package dev.larder.showcase.themoon.data;

import org.jspecify.annotations.NullMarked;
