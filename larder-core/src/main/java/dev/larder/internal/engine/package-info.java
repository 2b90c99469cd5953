/** The engine that ties tiers, loads and the node's knowledge together. */
@NullMarked
package dev.larder.internal.engine;

import org.jspecify.annotations.NullMarked;
