/** Commands that follow what happens: tail, top, warm. */
@NullMarked
package dev.larder.cli.follow;

import org.jspecify.annotations.NullMarked;
