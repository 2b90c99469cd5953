/**
 * The store that lives in this process.
 *
 * <p>{@link dev.larder.memory.MemoryStore} keeps slots, log and markers on the heap. It serves single
 * processes, and tests in which several larders share one store as the nodes of a cluster would.
 */
@NullMarked
package dev.larder.memory;

import org.jspecify.annotations.NullMarked;
