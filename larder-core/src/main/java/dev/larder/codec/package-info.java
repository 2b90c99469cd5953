/**
 * Values to bytes and back, bound to the type that a cache declares.
 *
 * <p>Read {@link dev.larder.codec.Codec}; {@link dev.larder.codec.CodecProvider} finds one for a
 * type, {@link dev.larder.codec.TypeRef} names generic types.
 */
@NullMarked
package dev.larder.codec;

import org.jspecify.annotations.NullMarked;
