/**
 * Where commands get their {@link dev.larder.manage.Management} from: options, environment and {@code
 * larder.yaml} name a {@link dev.larder.cli.connect.Target}, which is opened as a {@link
 * dev.larder.cli.connect.Connection}.
 */
@NullMarked
package dev.larder.cli.connect;

import org.jspecify.annotations.NullMarked;
