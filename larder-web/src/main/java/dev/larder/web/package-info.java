/**
 * A cache of HTTP responses inside the application: a servlet filter over a cache of the larder.
 *
 * <p>A rule says what one handler's responses depend on and how long they live, a matcher which rule a
 * request falls under, and the filter does the work.
 */
@NullMarked
package dev.larder.web;

import org.jspecify.annotations.NullMarked;
