/** Commands that look and change nothing: status, stats, top, keys, get, explain. */
@NullMarked
package dev.larder.cli.look;

import org.jspecify.annotations.NullMarked;
