/**
 * Larder in a Spring application.
 *
 * <p>Read {@link dev.larder.spring.CachePolicies} first: it lets configuration have the last word on
 * the policy of every cache that a Spring application makes.
 */
@NullMarked
package dev.larder.spring;

import org.jspecify.annotations.NullMarked;
