/** Commands that change something: invalidate, clear, refresh, touch, switch. */
@NullMarked
package dev.larder.cli.act;

import org.jspecify.annotations.NullMarked;
