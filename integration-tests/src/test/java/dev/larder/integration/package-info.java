/**
 * Larder on real servers: several nodes in one process and in many, while servers are killed, paused
 * and flushed.
 *
 * <p>Read {@link dev.larder.integration.Site} first: it holds the servers, the source and the nodes
 * of a test.
 */
@NullMarked
package dev.larder.integration;

import org.jspecify.annotations.NullMarked;
