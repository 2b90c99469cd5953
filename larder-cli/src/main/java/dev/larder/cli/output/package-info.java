/**
 * What commands print: an {@link dev.larder.cli.output.Answer} is data and its table, and the {@link
 * dev.larder.cli.output.Printer} writes it in one of the formats.
 */
@NullMarked
package dev.larder.cli.output;

import org.jspecify.annotations.NullMarked;
