/** How commands end: {@link dev.larder.cli.exit.ExitCode}, and the three lines of a fault. */
@NullMarked
package dev.larder.cli.exit;

import org.jspecify.annotations.NullMarked;
