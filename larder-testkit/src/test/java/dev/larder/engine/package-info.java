/** The engine on stores in memory and on real servers. */
@NullMarked
package dev.larder.engine;

import org.jspecify.annotations.NullMarked;
