/**
 * What operator commands share: {@link dev.larder.cli.base.OperatorCommand}, and the {@link
 * dev.larder.cli.base.Session} that it hands to its subclasses.
 */
@NullMarked
package dev.larder.cli.base;

import org.jspecify.annotations.NullMarked;
