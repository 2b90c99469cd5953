/**
 * A page on which whoever knows the consoles' token lets the demo's own Redis fail, and sees whether any
 * answer is stale meanwhile. Only where the demo has started that Redis itself.
 */
@NullMarked
package dev.larder.showcase.chaos;

import org.jspecify.annotations.NullMarked;
