/**
 * Keys of callers to slot keys: {@code {prefix}:{cache}:v{version}:{parts…}}.
 *
 * <p>Read {@link dev.larder.key.KeyEncoder}, which has the whole form; {@link
 * dev.larder.key.KeySettings} says what one cache decides about it.
 */
@NullMarked
package dev.larder.key;

import org.jspecify.annotations.NullMarked;
