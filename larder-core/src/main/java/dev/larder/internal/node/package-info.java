/**
 * What this node knows of the invalidation logs.
 *
 * <p>Read {@link dev.larder.internal.node.Node} first: it numbers what it applies by a local
 * sequence. {@link dev.larder.internal.node.Mark} is the state of one target, {@link
 * dev.larder.internal.node.Follower} keeps the node current with one log, and {@link
 * dev.larder.internal.node.Chain} lets in only records that join on to those before.
 */
@NullMarked
package dev.larder.internal.node;

import org.jspecify.annotations.NullMarked;
