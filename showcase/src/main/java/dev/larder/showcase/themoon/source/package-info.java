/**
 * Reads of the tables, each in the fewest statements, and the one write of the chat.
 */
@NullMarked
package dev.larder.showcase.themoon.source;

import org.jspecify.annotations.NullMarked;
