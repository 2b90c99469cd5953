/** The pages for people, over the same caches as the endpoints. */
@NullMarked
package dev.larder.showcase.algoitny.pages;

import org.jspecify.annotations.NullMarked;
