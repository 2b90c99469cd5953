/**
 * What operator commands share: {@link dev.larder.cli.base.OperatorCommand}, the {@link
 * dev.larder.cli.base.Session} it hands to its subclasses, and exit codes.
 */
@NullMarked
package dev.larder.cli.base;

import org.jspecify.annotations.NullMarked;
