/** What shells need: completion. */
@NullMarked
package dev.larder.cli.shell;

import org.jspecify.annotations.NullMarked;
