/**
 * Slots, invalidation log and markers on Redis or Valkey, over Lettuce.
 *
 * <p>Read {@link dev.larder.redis.RedisStore} first: it is the only type that an application names.
 * Behind it stand {@code RedisTier} (slots: strings changed by compare-and-set), {@code RedisLog}
 * (a stream with explicit ids, and one string a marker) and {@code RedisLink} (a connection that
 * comes back by itself and never makes a caller wait for it). The scripts lie beside the classes as
 * {@code .lua} files.
 *
 * <p>Redis 6.2 or later is needed. What an access list must grant: {@code +@read +@write
 * +@scripting +@connection +time}, the slots' keys {@code ~prefix:*} and {@code ~{larder:prefix}:*}.
 */
@NullMarked
package dev.larder.redis;

import org.jspecify.annotations.NullMarked;
