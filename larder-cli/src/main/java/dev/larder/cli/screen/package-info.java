/** The whole terminal, repainted in place: {@link dev.larder.cli.screen.Watch} and what it needs. */
@NullMarked
package dev.larder.cli.screen;

import org.jspecify.annotations.NullMarked;
