/** Slots, invalidation log and markers on Redis or Valkey, over Lettuce. */
@NullMarked
package dev.larder.redis;

import org.jspecify.annotations.NullMarked;
