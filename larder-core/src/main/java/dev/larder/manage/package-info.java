/**
 * What operators see and do: read {@link dev.larder.manage.Management}, the one contract behind the
 * command line, the console and the metrics.
 *
 * <p>Everything here is a plain record that travels as JSON. Times are milliseconds since 1970 by the
 * clock of the node that is named, and for people only.
 */
@NullMarked
package dev.larder.manage;

import org.jspecify.annotations.NullMarked;
