/** Commands that check: verify, advise, doctor. */
@NullMarked
package dev.larder.cli.check;

import org.jspecify.annotations.NullMarked;
