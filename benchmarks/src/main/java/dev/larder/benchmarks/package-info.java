/** Measurements beside bare Caffeine and bare Lettuce. */
@NullMarked
package dev.larder.benchmarks;

import org.jspecify.annotations.NullMarked;
