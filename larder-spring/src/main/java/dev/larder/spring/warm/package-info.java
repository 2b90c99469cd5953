/**
 * Warm-ups of a Spring application: {@link dev.larder.spring.warm.Warms} on a bean's method, or beans of
 * type {@link dev.larder.warm.WarmPlan}.
 */
@NullMarked
package dev.larder.spring.warm;

import org.jspecify.annotations.NullMarked;
