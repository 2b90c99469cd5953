/**
 * What a larder tells machines: {@link dev.larder.spring.metrics.LarderMeters} for Micrometer, {@link
 * dev.larder.spring.metrics.LarderHealth} for Spring Boot's health. Both read the counters that the
 * engine keeps anyway, when they are asked; a lookup costs nothing more for them.
 */
@NullMarked
package dev.larder.spring.metrics;

import org.jspecify.annotations.NullMarked;
